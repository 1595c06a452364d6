package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareTest {
    private static final int TASKS = 1_050;

    @TempDir
    Path directory;

    @Test
    void theBareLoopOfSqliteTakesEveryTaskThrough() {
        Rates rates = new BareSqlite(directory.resolve("bare.db")).run(TASKS, 100);

        assertThat(rates.tasks()).isEqualTo(TASKS);
        assertThat(rates.bothPerSecond()).isPositive().isLessThan(rates.enqueuePerSecond());
    }

    @Test
    void theBareLoopOfRedisTakesEveryTaskThroughAndLeavesNothing() {
        try (Scratch scratch = new Scratch()) {
            RedisProbe probe = scratch.probe(scratch.redis(null));

            Rates rates = new BareRedis(probe, scratch.key()).run(TASKS, 100);

            assertThat(rates.tasks()).isEqualTo(TASKS);
            assertThat(probe.keys()).isZero();
            assertThat(probe.usedMemory()).isPositive();
        }
    }
}
