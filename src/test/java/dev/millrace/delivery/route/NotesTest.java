package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.Rulings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of an answer with the attempt. */
class NotesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
    private static final String BACKEND = "https://example.org/tasks";

    @Test
    void taskDoesNotTellWhyItsBackendCouldNotBeReached() {
        assertThat(Arrays.stream(PushAnswer.Reason.values())
                        .map(reason -> lines(new PushAnswer.NotSent(
                                reason, "the detail", Duration.ofMillis(1 + 1000L * reason.ordinal())))))
                .hasSizeGreaterThan(5)
                .containsOnly(List.of(BACKEND + " could not be reached"));
    }

    @Test
    void lossIsToldWithTheTimeItTook() {
        assertThat(lines(new PushAnswer.Unknown(PushAnswer.Loss.TIMEOUT, "the detail", Duration.ofSeconds(2))))
                .containsExactly(BACKEND + " gave no full answer after 2000 ms");
    }

    private static List<String> lines(PushAnswer answer) {
        return Notes.of(BACKEND, answer, Rulings.of(answer, NOW), NOW)
                .map(trouble -> Notes.lines(trouble, answer))
                .orElseThrow();
    }
}
