package dev.millrace.monitor.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lease;
import dev.millrace.task.TaskId;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What happened in each minute. */
public interface SeriesContract extends StoreFixture {
    @Test
    default void submissionsAndLeasesAreCountedInTheirMinute() {
        Instant first = now();
        accepted(aTask());
        accepted(aTask().dueAt(now().plusSeconds(600)));
        clock().set(first.plusSeconds(59).plusMillis(999));
        accepted(aTask());
        clock().set(first.plusSeconds(60));
        accepted(aTask());
        lease(2);

        List<Minute> minutes = minutes(first, first.plusSeconds(120));

        assertThat(minutes).extracting(Minute::at).containsExactly(first, first.plusSeconds(60));
        assertThat(minutes).extracting(Minute::submitted).containsExactly(3L, 1L);
        assertThat(minutes).extracting(Minute::started).containsExactly(0L, 2L);
    }

    @Test
    default void minutesOfSeveralQueuesAreReadAtOnceEachFromItsOwnTimeOn() {
        Instant first = now();
        accepted(aTask());
        clock().set(first.plusSeconds(60));
        accepted(aTask());
        List<Minute> both = minutes(first, first.plusSeconds(120));

        Map<String, List<Minute>> read = storage()
                .series()
                .minutes(Map.of(queue(), first.plusSeconds(60), own("none"), first), first.plusSeconds(120));

        assertThat(both).hasSize(2);
        assertThat(read).containsOnlyKeys(queue(), own("none")).containsEntry(own("none"), List.of());
        assertThat(read.get(queue())).extracting(Minute::at).containsExactly(first.plusSeconds(60));
    }

    @Test
    default void endsAreCountedByTypeAndByWhatHappened() {
        for (String type : List.of("mail", "page/fetch:1")) {
            accepted(aTask(type));
            succeed(leaseOne());
            accepted(aTask(type));
            bury(leaseOne());
            accepted(aTask(type));
            retryAt(leaseOne(), now().plusSeconds(6000));
            TaskId cancelled = accepted(aTask(type));
            tasks().change(List.of(new Change.Cancel(cancelled, null)), now());
            accepted(aTask(type));
            release(leaseOne());
            bury(leaseOne());
        }

        assertThat(minutes(now(), now().plusSeconds(60)).getFirst().ended())
                .isEqualTo(Map.of("mail", ends(), "page/fetch:1", ends()));
    }

    private static Map<String, Long> ends() {
        return Map.of("succeeded", 1L, "dead", 2L, "failed", 1L, "cancelled", 1L, "released", 1L);
    }

    @Test
    default void lostLeasesAndExpiryAreCounted() {
        accepted(aTask("brief").expiringAt(now().plusSeconds(1)));
        clock().tickSeconds(2);
        tidy();
        accepted(aTask("killer"));
        for (int i = 0; i < 3; i++) {
            loseLease(leaseOne());
        }

        Map<String, Long> killer = sum("killer");
        assertThat(sum("brief")).isEqualTo(Map.of("expired", 1L));
        assertThat(killer.get("dead")).isEqualTo(1);
        assertThat(killer.get("lease-expired")).isBetween(2L, 3L);
    }

    @Test
    default void waitsAreCountedByTheirLength() {
        long[] waits = {0, 1, 2, 3, 1_500, 70_000};
        for (long wait : waits) {
            accepted(aTask());
            clock().tickMillis(wait);
            leaseOne();
        }

        long[] counted = total(Minute::waits);

        assertThat(counted).hasSize(Buckets.COUNT);
        assertThat(counted).isEqualTo(buckets(waits));
    }

    @Test
    default void runsAreCountedByTheirLengthWhetherTheySucceedOrFail() {
        long[] runs = {0, 1, 999, 1_000, 1_024, 29_000};
        for (int i = 0; i < runs.length; i++) {
            accepted(aTask());
            Lease lease = leaseOne();
            clock().tickMillis(runs[i]);
            switch (i % 3) {
                case 0 -> succeed(lease);
                case 1 -> bury(lease);
                default -> retryAt(lease, now().plusSeconds(6000));
            }
        }
        accepted(aTask());
        release(leaseOne());

        assertThat(total(Minute::runs)).isEqualTo(buckets(runs));
    }

    @Test
    default void repeatsAndLostTokensCountNothing() {
        var batch = batch(aTask());
        submit(batch);
        submit(batch);
        Lease lease = leaseOne();
        succeed(lease);
        succeed(lease);
        bury(lease);

        Minute minute = minutes(now(), now().plusSeconds(60)).getFirst();
        assertThat(minute.submitted()).isEqualTo(1);
        assertThat(minute.ended()).isEqualTo(Map.of("test", Map.of("succeeded", 1L)));
        assertThat(Arrays.stream(minute.runs()).sum()).isEqualTo(1);
    }

    @Test
    default void onlyTheMinutesAskedForAreGiven() {
        Instant first = now();
        for (int i = 0; i < 5; i++) {
            accepted(aTask());
            clock().tick(Duration.ofMinutes(2));
        }

        assertThat(minutes(first.plusSeconds(120), first.plusSeconds(360)))
                .extracting(Minute::at)
                .containsExactly(first.plusSeconds(120), first.plusSeconds(240));
        assertThat(minutes(first.plusSeconds(1000), first.plusSeconds(2000))).isEmpty();
        assertThat(storage().series().minutes(scene().newQueue(), first, now())).isEmpty();
    }

    @Test
    default void theLastNoteOfAMinuteCounts() {
        Instant first = now();
        accepted(aTask());
        note(queue(), level(first, 5, 400));
        note(queue(), level(first, 7, 500));
        note(queue(), level(first.plusSeconds(60), 0, 0));

        assertThat(levels(queue(), first, first.plusSeconds(120)))
                .containsExactly(level(first, 7, 500), level(first.plusSeconds(60), 0, 0));
        assertThat(levels(queue(), first.plusSeconds(60), first.plusSeconds(120)))
                .containsExactly(level(first.plusSeconds(60), 0, 0));
        assertThat(levels(queue(), first.minusSeconds(60), first)).isEmpty();
    }

    @Test
    default void queuesAndAllOfThemAreNotedApart() {
        Instant first = now();
        accepted(aTask());
        storage()
                .series()
                .note(Map.of(queue(), level(first, 5, 400), SeriesStore.ALL, level(first, 123_456_789, 86_400_000)));

        assertThat(levels(queue(), first, first.plusSeconds(60))).containsExactly(level(first, 5, 400));
        assertThat(levels(SeriesStore.ALL, first, first.plusSeconds(60)))
                .containsExactly(level(first, 123_456_789, 86_400_000));
    }

    @Test
    default void whatWasNotedLastsTwoDays() {
        Instant first = now();
        accepted(aTask());
        note(queue(), level(first, 1, 1));
        Instant later = first.plus(Duration.ofHours(SeriesStore.HOURS_KEPT));
        note(queue(), level(later.minusSeconds(60), 2, 2));
        assertThat(levels(queue(), first, later)).hasSize(2);

        note(queue(), level(later, 3, 3));
        assertThat(levels(queue(), first.plusSeconds(60), later.plusSeconds(60)))
                .extracting(Level::live)
                .containsExactly(2L, 3L);
    }

    @Test
    default void aQueueTakesItsLevelsWithIt() {
        Instant first = now();
        accepted(aTask());
        note(queue(), level(first, 5, 400));
        storage().queues().delete(queue(), true);
        accepted(aTask());

        assertThat(levels(queue(), first, first.plusSeconds(60))).isEmpty();
    }

    private void note(String queue, Level level) {
        storage().series().note(Map.of(queue, level));
    }

    private List<Level> levels(String queue, Instant from, Instant to) {
        return storage().series().levels(queue, from, to);
    }

    private static Level level(Instant at, long live, long oldestMillis) {
        return new Level(at, live, Duration.ofMillis(oldestMillis));
    }

    private Map<String, Long> sum(String type) {
        Map<String, Long> sum = new HashMap<>();
        for (Minute minute : allMinutes()) {
            minute.ended().getOrDefault(type, Map.of()).forEach((what, n) -> sum.merge(what, n, Long::sum));
        }
        return sum;
    }

    private long[] total(Function<Minute, long[]> part) {
        long[] total = new long[Buckets.COUNT];
        for (Minute minute : allMinutes()) {
            long[] counts = part.apply(minute);
            for (int i = 0; i < counts.length; i++) {
                total[i] += counts[i];
            }
        }
        return total;
    }

    private static long[] buckets(long[] millis) {
        long[] counts = new long[Buckets.COUNT];
        for (long one : millis) {
            counts[Buckets.index(one)]++;
        }
        return counts;
    }

    private List<Minute> allMinutes() {
        return minutes(now().minus(Duration.ofHours(2)), now().plusSeconds(60));
    }

    private List<Minute> minutes(Instant from, Instant to) {
        return storage().series().minutes(queue(), from, to);
    }
}
