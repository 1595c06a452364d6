package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the doctor says of checks that could not be made: none of them passes for one that found nothing. */
class DoctorTest {
    private static final Finding AWAY = new Finding(Severity.ERROR, "store", "store-away", "It does not answer.");

    @Test
    void aCheckThatFailsIsAFindingAndTheOthersAreMade() {
        Finding note = new Finding(Severity.NOTE, "keys", "keys-none", "");
        Diagnosis found = examine(
                check("nodes", () -> {
                    throw new IllegalStateException("WRONGTYPE");
                }),
                check("keys", () -> List.of(note)),
                check("queues", () -> refuse(ErrorCode.STORE_FULL)));

        assertThat(found.findings())
                .extracting(Finding::severity, Finding::check, Finding::code)
                .containsExactly(
                        tuple(Severity.ERROR, "nodes", "check-failed"),
                        tuple(Severity.ERROR, "queues", "check-failed"),
                        tuple(Severity.NOTE, "keys", "keys-none"));
        assertThat(found.findings().getFirst().sentence())
                .contains("check of nodes failed with IllegalStateException")
                .doesNotContain("WRONGTYPE");
        assertThat(found.isWell()).isFalse();
    }

    @Test
    void ofAStoreThatIsAwayTheCheckOfTheStoreAloneSpeaks() {
        Diagnosis found =
                examine(check("nodes", () -> refuse(ErrorCode.STORE_UNAVAILABLE)), check("store", () -> List.of(AWAY)));

        assertThat(found.findings()).containsExactly(AWAY);
    }

    @Test
    void whatWasNotLookedAtAsTheStoreDidNotAnswerIsSaidWhenNothingElseSaysSo() {
        Diagnosis found = examine(check("nodes", () -> refuse(ErrorCode.STORE_UNAVAILABLE)), check("store", List::of));

        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("not-looked-at");
            assertThat(finding.sentence()).contains("about nodes");
        });
        assertThat(found.isWell()).isFalse();
    }

    private static List<Finding> refuse(ErrorCode code) {
        throw new MillraceException(code, "thrown by the test");
    }

    private static Diagnosis examine(Check... checks) {
        return new Doctor(List.of(checks)).examine();
    }

    private static Check check(String name, Supplier<List<Finding>> findings) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> findings() {
                return findings.get();
            }
        };
    }
}
