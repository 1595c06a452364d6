package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:30Z");
    private static final Instant MINUTE = Instant.parse("2026-03-01T10:00:00Z");

    private final Labels queues = new Labels(2);
    private final Totals totals = new Totals(queues, new Labels(2));

    @Test
    void depthIsToldByQueueAndState() {
        Figures figures = Figures.of(List.of(queue("mail", 3, null), queue("video", 0, null)), queues, NOW);

        assertThat(value(figures, "millrace_queue_tasks", "mail", "ready")).isEqualTo(3);
        assertThat(value(figures, "millrace_queue_tasks", "mail", "dead")).isZero();
        assertThat(value(figures, "millrace_queue_tasks", "video", "ready")).isZero();
    }

    @Test
    void queuesBeyondTheLimitAreOtherTogether() {
        List<QueueSnapshot> four =
                List.of(queue("a", 1, null), queue("b", 1, null), queue("c", 2, null), queue("d", 3, null));

        assertThat(value(Figures.of(four, queues, NOW), "millrace_queue_tasks", "other", "ready"))
                .isEqualTo(5);
    }

    @Test
    void theOldestReadyTaskGivesTheAge() {
        Figures figures = Figures.of(List.of(queue("mail", 1, NOW.minusMillis(1500))), queues, NOW);

        assertThat(value(figures, "millrace_queue_oldest_ready_age_seconds", "mail"))
                .isEqualTo(1.5);
    }

    @Test
    void whatAMinuteHasMoreThanBeforeIsAdded() {
        totals.add("mail", null, minute(5, Map.of("send", Map.of("succeeded", 3L, "lease-expired", 1L)), 3));
        totals.add(
                "mail",
                minute(5, Map.of("send", Map.of("succeeded", 3L, "lease-expired", 1L)), 3),
                minute(7, Map.of("send", Map.of("succeeded", 6L, "lease-expired", 1L)), 4));

        assertThat(value(Figures.NONE, "millrace_tasks_submitted_total", "mail"))
                .isEqualTo(7);
        assertThat(value(Figures.NONE, "millrace_task_outcomes_total", "send", "succeeded"))
                .isEqualTo(6);
        assertThat(value(Figures.NONE, "millrace_leases_lost_total", "mail")).isEqualTo(1);
        assertThat(value(Figures.NONE, "millrace_task_run_seconds_count", "mail"))
                .isEqualTo(4);
    }

    @Test
    void aStoreThatKnowsLessThanBeforeTakesNothingBack() {
        totals.add("mail", null, minute(5, Map.of(), 5));
        totals.add("mail", minute(5, Map.of(), 5), minute(2, Map.of(), 2));

        assertThat(value(Figures.NONE, "millrace_tasks_submitted_total", "mail"))
                .isEqualTo(5);
    }

    @Test
    void histogramsCountUpwardsAndWaitsStandApartFromRuns() {
        totals.add("mail", null, minute(0, Map.of(), 8));

        assertThat(value(Figures.NONE, "millrace_task_run_seconds_bucket", "mail", "0.001"))
                .isZero();
        assertThat(value(Figures.NONE, "millrace_task_run_seconds_bucket", "mail", "0.016"))
                .isEqualTo(8);
        assertThat(value(Figures.NONE, "millrace_task_run_seconds_bucket", "mail", "+Inf"))
                .isEqualTo(8);
        assertThat(value(Figures.NONE, "millrace_task_wait_seconds_bucket", "mail", "0.001"))
                .isEqualTo(1);
        assertThat(value(Figures.NONE, "millrace_task_wait_seconds_count", "mail"))
                .isEqualTo(1);
    }

    private double value(Figures figures, String name, String... labels) {
        return Families.of(figures, totals).stream()
                .flatMap((MetricFamilySamples family) -> family.samples.stream())
                .filter((Sample sample) -> sample.name.equals(name) && sample.labelValues.equals(List.of(labels)))
                .mapToDouble(sample -> sample.value)
                .findFirst()
                .orElseThrow();
    }

    private static QueueSnapshot queue(String name, long ready, Instant oldest) {
        Map<TaskState, Long> counts = Map.of(TaskState.READY, ready);
        return new QueueSnapshot(
                name,
                1,
                false,
                counts,
                0,
                oldest,
                null,
                0,
                Map.of(),
                0,
                NOW,
                QueueConfig.DEFAULT,
                QueueConfig.Retention.DEFAULT);
    }

    /** One wait of under a millisecond, and runs of 8 to 16 ms. */
    private static Minute minute(long submitted, Map<String, Map<String, Long>> ended, long runs) {
        long[] waits = new long[Buckets.COUNT];
        waits[0] = 1;
        long[] took = new long[Buckets.COUNT];
        took[Buckets.index(10)] = runs;
        return new Minute(MINUTE, submitted, submitted, ended, waits, took);
    }
}
