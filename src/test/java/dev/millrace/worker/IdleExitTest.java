package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How a process ends that is to end when it is idle, and what it says. */
class IdleExitTest {
    private static final DrainCall CALL = new DrainCall(5, Duration.ofSeconds(1), Duration.ZERO);

    private final List<Integer> codes = new ArrayList<>();

    @Test
    void endsWithZeroAndOneLineWhenAsMuchWasDoneAsThereWasToDo() {
        List<DrainCall> asked = new ArrayList<>();
        List<String> said = run(call -> {
            asked.add(call);
            return new Drained(3, false);
        });
        assertThat(codes).containsExactly(0);
        assertThat(said).containsExactly("INFO");
        assertThat(asked).containsExactly(CALL.endless());
    }

    @Test
    void endsWithOneAndOneLineWhenTheStoreIsAwayOrTheWorkerFails() {
        assertThat(run(call -> {
                    throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "thrown by the test");
                }))
                .containsExactly("ERROR");
        assertThat(run(call -> {
                    throw new IllegalStateException("thrown by the test");
                }))
                .containsExactly("ERROR");
        assertThat(codes).containsExactly(1, 1);
    }

    private List<String> run(Function<DrainCall, Drained> worker) {
        try (LogLines log = LogLines.of(IdleExit.class)) {
            new IdleExit(worker, CALL, codes::add).run();
            return log.levels();
        }
    }
}
