package dev.millrace.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueDemandTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final RateLimit FIVE_A_MINUTE = new RateLimit(5, Duration.ofMinutes(1), 5L);

    private static QueueDemand demand(boolean paused, Long atOnce, RateLimit rate, long bucketFull) {
        QueueSnapshot queue = new QueueSnapshot(
                "mail",
                1,
                paused,
                Map.of(TaskState.READY, 90L, TaskState.RUNNING, 2L),
                10,
                NOW,
                NOW.plusSeconds(600),
                0,
                Map.of(),
                bucketFull,
                NOW,
                new QueueConfig(null, null, atOnce, rate, TaskOptions.NONE, QueueConfig.Retention.NONE),
                QueueConfig.Retention.DEFAULT);
        return new QueueDemand(queue, "mailers", NOW);
    }

    @Test
    void whatIsReadyOrDueIsWanted() {
        QueueDemand all = demand(false, null, null, 0);
        assertThat(all.waiting()).isEqualTo(100);
        assertThat(all.wanted()).isEqualTo(102);
        assertThat(all.nextAt()).isEqualTo(NOW.plusSeconds(600));
    }

    @Test
    void pausedQueueWantsNobody() {
        QueueDemand paused = demand(true, null, null, 0);
        assertThat(paused.waiting()).isZero();
        assertThat(paused.nextAt()).isNull();
    }

    @Test
    void noMoreIsWantedThanConcurrencyAndRateAllow() {
        assertThat(demand(false, 5L, null, 0).waiting()).isEqualTo(3);
        assertThat(demand(false, null, FIVE_A_MINUTE, 0).waiting()).isEqualTo(5);
    }

    @Test
    void emptyBucketWantsNobodyUntilItLetsTheNextTaskStart() {
        long full = FIVE_A_MINUTE.spent(0, NOW.toEpochMilli(), 5);
        QueueDemand empty = demand(false, null, FIVE_A_MINUTE, full);
        assertThat(empty.waiting()).isZero();
        assertThat(empty.nextAt()).isEqualTo(NOW.plusSeconds(12));
    }
}
