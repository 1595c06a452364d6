package dev.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.cluster.Chore;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChoreRunnerTest {
    private final AtomicInteger turns = new AtomicInteger();
    private final Chore failing = new Chore() {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int runOnce() {
            if (turns.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("thrown by the test");
            }
            if (turns.get() == 2) {
                throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "thrown by the test");
            }
            return 1;
        }
    };

    @Test
    void aChoreThatFailsHasItsNextTurn() {
        ChoreRunner runner = new ChoreRunner(new Chores(List.of(failing)));
        for (int turn = 0; turn < 3; turn++) {
            assertThatCode(() -> runner.runOnce(failing)).doesNotThrowAnyException();
        }
        assertThat(turns).hasValue(3);
    }

    @Test
    void ofAChoreThatFailsAtTheEndNothingIsSaid() {
        ChoreRunner runner = new ChoreRunner(new Chores(List.of(failing)));
        runner.quiet();
        try (LogLines log = LogLines.of(ChoreRunner.class)) {
            runner.runOnce(failing);
            assertThat(log.levels()).isEmpty();
        }
        assertThat(turns).hasValue(1);
    }

    @Test
    void aChoreThatFailsDoesNotKeepTheOthersFromTheirs() {
        AtomicInteger done = new AtomicInteger();
        Chore other = new Chore() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public Duration interval() {
                return Duration.ofSeconds(1);
            }

            @Override
            public int runOnce() {
                return done.incrementAndGet();
            }
        };
        turns.set(1);
        List<ChoreReport> reports = new Chores(List.of(failing, other)).runDue();
        assertThat(reports)
                .containsExactly(
                        new ChoreReport("failing", 0, "thrown by the test"), new ChoreReport("other", 1, null));
    }

    @Test
    void aQueueThatFailsDoesNotKeepTheOthersFromTheirTurn() {
        EachQueue each = new EachQueue();
        each.run("broken", () -> {
            throw new IllegalStateException("thrown by the test");
        });
        each.run("whole", () -> 5);
        assertThat(each.done()).isEqualTo(5);
    }
}
