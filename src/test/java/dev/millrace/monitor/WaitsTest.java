package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Pace STILL = Pace.of(List.of(), "mail", NOW);

    @Test
    void withoutAnyWorkerNobodyTakesIt() {
        assertThat(Waits.nobody("mail", running(0), STILL, 0, Duration.ZERO)).isInstanceOf(WaitReason.NoWorker.class);
    }

    @Test
    void workersThatLeaseOverHttpAreWorkersToo() {
        assertThat(Waits.nobody("mail", running(1), STILL, 0, LONG)).isNull();
        assertThat(Waits.nobody("mail", running(0), pace("mail", 3), 0, LONG)).isNull();
    }

    @Test
    void whatIdleWorkersLeaveStandingHasNoHandler() {
        assertThat(Waits.nobody("mail", running(0), STILL, 2, LONG)).isEqualTo(new WaitReason.NoTaker("mail", 2));
        assertThat(Waits.nobody("mail", running(0), pace("page", 3), 2, LONG))
                .isEqualTo(new WaitReason.NoTaker("mail", 2));
    }

    @Test
    void aTaskThatJustCameIsGivenTime() {
        assertThat(Waits.nobody("mail", running(0), STILL, 2, Duration.ofSeconds(4)))
                .isNull();
    }

    @Test
    void busyWorkersAreGivenTimeUntilTheyWentPastItForLong() {
        assertThat(Waits.nobody("mail", running(4), pace("page", 3), 2, LONG)).isNull();
        assertThat(Waits.nobody("mail", running(4), pace("page", 3), 2, Pace.LOOK.plusSeconds(1)))
                .isEqualTo(new WaitReason.NoTaker("mail", 2));
        assertThat(Waits.nobody("mail", running(4), pace("mail", 3), 2, Pace.LOOK.plusSeconds(1)))
                .isNull();
    }

    @Test
    void paceIsWhatEndedSinceTheFirstMinuteInWhichSomethingDid() {
        Pace pace = Pace.of(
                List.of(minute(9, "mail", 0), minute(4, "mail", 100), minute(2, "mail", 20), minute(1, "page", 50)),
                "mail",
                NOW);

        assertThat(pace.ended()).isEqualTo(120);
        assertThat(pace.over()).isEqualTo(Duration.ofMinutes(4));
        assertThat(pace.until(30)).isEqualTo(Duration.ofMinutes(1));
        assertThat(STILL.until(30)).isNull();
    }

    private static QueueSnapshot running(long count) {
        return new QueueSnapshot(
                "q",
                1,
                false,
                Map.of(TaskState.READY, 5L, TaskState.RUNNING, count),
                0,
                NOW.minusSeconds(60),
                null,
                0,
                Map.of(),
                0,
                NOW,
                QueueConfig.DEFAULT,
                QueueConfig.Retention.DEFAULT);
    }

    private static Pace pace(String type, long ended) {
        return Pace.of(List.of(minute(1, type, ended)), "mail", NOW);
    }

    private static Minute minute(int ago, String type, long ended) {
        Map<String, Map<String, Long>> ends = Map.of(type, Map.of("succeeded", ended, "released", 7L));
        return new Minute(
                NOW.minus(Duration.ofMinutes(ago)), 0, ended, ends, new long[Buckets.COUNT], new long[Buckets.COUNT]);
    }
}
