package dev.millrace.storage.model;

import static dev.millrace.testing.TaskBuilder.aTask;

import dev.millrace.queue.Change;
import dev.millrace.queue.Kept;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import dev.millrace.task.Cause;
import dev.millrace.task.NewTask;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What callers of a store may think of, the same for the same seed. */
final class Chance {
    private static final String[] TYPES = {"a", "b", "mail/send"};
    private static final Backoff[] BACKOFFS = {
        Backoff.DEFAULT,
        new Backoff(Backoff.Kind.FIXED, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Backoff.Jitter.NONE),
        new Backoff(Backoff.Kind.LINEAR, Duration.ofSeconds(3), 1, Duration.ofSeconds(9), Backoff.Jitter.NONE)
    };

    private final SplittableRandom random;
    private final String own;

    /**
     * @param own names are one space over a whole store: these are this life's own
     */
    Chance(long seed, String own) {
        this.random = new SplittableRandom(seed);
        this.own = own;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T any(List<T> all) {
        return all.get(below(all.size()));
    }

    /** Mostly of the last ones: what came together is often treated together. */
    <T> List<T> some(List<T> all, int most) {
        if (all.isEmpty()) {
            return List.of();
        }
        int count = 1 + below(most);
        int from = oneIn(4) ? below(all.size()) : Math.max(0, all.size() - 1 - below(2 * most));
        return List.copyOf(all.subList(from, Math.min(all.size(), from + count)));
    }

    Duration millis(int below) {
        return Duration.ofMillis(1 + (long) below(below));
    }

    /** Mostly moments, sometimes minutes, seldom more than a day. */
    Duration passes() {
        return switch (below(40)) {
            case 0 -> millis(900_000);
            case 1, 2, 3 -> millis(90_000);
            case 4 -> oneIn(20) ? Duration.ofHours(25) : Duration.ofHours(1);
            case 5, 6, 7, 8 -> Duration.ZERO;
            default -> millis(4_000);
        };
    }

    QueueConfig config() {
        QueueConfig.Retention brief = new QueueConfig.Retention(
                kept(Duration.ofMinutes(20)),
                oneIn(2) ? kept(Duration.ofHours(2)) : Kept.of(Duration.ofHours(2)),
                kept(Duration.ofMinutes(10)),
                kept(Duration.ofMinutes(15)),
                Duration.ofMinutes(30));
        return new QueueConfig(
                oneIn(3) ? (long) below(60) : null,
                oneIn(4) ? (long) below(6_000) : null,
                oneIn(4) ? (long) 1 + below(10) : null,
                oneIn(4) ? rate() : null,
                TaskOptions.NONE,
                oneIn(4) ? QueueConfig.Retention.NONE : brief);
    }

    /** One task in a whole number of microseconds, so that the model can count in those. */
    private RateLimit rate() {
        long limit = 1 + below(4);
        Duration per = Duration.ofMillis(limit * (1 + below(3_000)));
        return new RateLimit(limit, per, oneIn(3) ? null : Long.valueOf(1 + below(6)));
    }

    private Kept kept(Duration age) {
        return new Kept(age, 3L + below(40), 300L + below(5_000));
    }

    NewTask task(Instant now) {
        TaskBuilder task = aTask(TYPES[below(TYPES.length)])
                .withPriority(below(10))
                .withPayload("\"" + "x".repeat(below(40)) + "\"")
                .withFingerprint(below(2))
                .retrying(1 + below(4), BACKOFFS[below(BACKOFFS.length)]);
        if (oneIn(3)) {
            task.forDestination(oneIn(2) ? "one" : "two");
        }
        if (oneIn(2)) {
            claim(task, now);
        }
        return task.build(now);
    }

    private void claim(TaskBuilder task, Instant now) {
        switch (below(6)) {
            case 0 -> task.dueAt(now.plus(millis(60_000)));
            case 1 -> task.expiringAt(now.plus(millis(60_000)));
            case 2 -> task.keptFor(Duration.ofSeconds(1 + below(7_200)));
            case 3 -> task.withKey("key-" + below(9));
            case 4 -> task.named(own + below(12));
            default ->
                task.unique("unique-" + below(4), oneIn(2) ? null : millis(60_000), Unique.Mode.values()[below(3)]);
        }
        if (oneIn(4)) {
            claim(task, now);
        }
    }

    LeaseRequest lease(String queue) {
        Lanes lanes = switch (below(4)) {
            case 0 -> new Lanes.Types(Set.of(TYPES[below(TYPES.length)], "nobodys"));
            case 1 -> new Lanes.Destinations(1 + below(4), oneIn(2) ? Map.of() : Map.of("two", below(3)));
            default -> Lanes.ALL_TYPES;
        };
        int max = oneIn(4) ? LeaseRequest.MAX : 1 + below(6);
        return new LeaseRequest(queue, max, millis(oneIn(3) ? 5_000 : 60_000), "worker-" + below(3), lanes);
    }

    Outcome outcome() {
        TaskError error = new TaskError(oneIn(2) ? "A" : "B", "no " + below(3));
        return switch (below(8)) {
            case 0 -> Outcome.released(oneIn(2) ? null : millis(20_000), oneIn(2) ? null : "no room");
            case 1 -> new Outcome.Failed(error, false, null, Cause.FAILED);
            case 2 -> new Outcome.Failed(error, true, millis(30_000), Cause.TIMED_OUT);
            case 3 -> new Outcome.Failed(error, true, null, oneIn(2) ? Cause.FAILED : Cause.OUTCOME_UNKNOWN);
            case 4 -> new Outcome.Succeeded(null);
            default -> new Outcome.Succeeded(Payload.of("" + below(1000)));
        };
    }

    Change change(TaskId id, long revision) {
        Long wanted = oneIn(5) ? Long.valueOf(oneIn(2) ? revision : below(6)) : null;
        Payload payload = oneIn(2) ? null : Payload.of("\"" + "y".repeat(below(60)) + "\"");
        return switch (below(5)) {
            case 0 -> new Change.Cancel(id, wanted);
            case 1, 2 -> new Change.Retry(id, wanted, payload);
            case 3 -> new Change.RunNow(id, wanted);
            default -> new Change.Delete(id, wanted);
        };
    }

    Progress progress() {
        return oneIn(2) ? null : new Progress(below(101), oneIn(2) ? null : "at " + below(9));
    }

    List<String> lines() {
        return oneIn(3) ? List.of() : List.of("line " + below(20), "and more");
    }

    SplittableRandom random() {
        return random;
    }
}
