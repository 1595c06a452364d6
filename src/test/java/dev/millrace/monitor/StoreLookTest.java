package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class StoreLookTest {
    private static final int QUICK = 0;
    private static final int LATE = 260;
    private static final int NEVER = -1;

    /** Answers each question after so many milliseconds. */
    private static List<Diagnosis.Finding> findings(Integer... millis) {
        return findings(CircuitBreakerState.CLOSED, millis);
    }

    private static List<Diagnosis.Finding> findings(CircuitBreakerState state, Integer... millis) {
        Iterator<Integer> answers = Arrays.asList(millis).iterator();
        StoreCheck store = new Answers(answers);
        Breaker breaker = new Breaker(null) {
            @Override
            CircuitBreakerState state() {
                return state;
            }
        };
        List<Diagnosis.Finding> findings = new StoreLook(store, new Health(store, breaker)).findings();
        assertThat(answers).as("questions that were not asked").isExhausted();
        return findings;
    }

    @Test
    void storeThatIsLateThreeTimesInARowIsSlow() {
        assertThat(findings(LATE, LATE, LATE)).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo("store-slow");
            assertThat(found.severity()).isEqualTo(Diagnosis.Severity.WARNING);
            assertThat(found.sentence()).contains("more than 250 ms");
        });
    }

    @Test
    void storeThatIsLateOnceIsNot() {
        assertThat(findings(QUICK)).isEmpty();
        assertThat(findings(LATE, QUICK)).isEmpty();
    }

    @Test
    void storeThatIsLateAndThenDoesNotAnswerIsSlow() {
        assertThat(findings(LATE, NEVER)).extracting(Diagnosis.Finding::code).containsExactly("store-slow");
    }

    @Test
    void storeThatDoesNotAnswerIsAwayAndItsBreakerIsSaid() {
        assertThat(findings(NEVER)).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo("store-away");
            assertThat(found.severity()).isEqualTo(Diagnosis.Severity.ERROR);
        });
        assertThat(findings(CircuitBreakerState.OPEN, QUICK))
                .extracting(Diagnosis.Finding::code)
                .containsExactly("store-breaker-open");
        assertThat(findings(CircuitBreakerState.HALF_OPEN, QUICK))
                .extracting(Diagnosis.Finding::code)
                .containsExactly("store-breaker-half-open");
    }

    private record Answers(Iterator<Integer> millis) implements StoreCheck {
        @Override
        public void ping() {
            int wait = millis.next();
            if (wait == NEVER) {
                throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "It is away.");
            }
            long end = System.nanoTime() + Duration.ofMillis(wait).toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }

        @Override
        public String kind() {
            return "redis";
        }

        @Override
        public String durability() {
            return "";
        }

        @Override
        public Duration clockOffset() {
            return Duration.ZERO;
        }

        @Override
        public int rollbacks() {
            return 0;
        }

        @Override
        public List<Finding> findings() {
            return List.of();
        }
    }
}
