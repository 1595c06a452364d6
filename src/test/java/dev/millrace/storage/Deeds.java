package dev.millrace.storage;

import static dev.millrace.testing.TaskBuilder.aTask;

import dev.millrace.queue.Change;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import dev.millrace.task.Unique;
import dev.millrace.testing.FakeClock;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What callers may do to a store, in any order, the same for the same seed. */
final class Deeds {
    private static final String[] TYPES = {"a", "b", "mail/send"};

    /** Nobody repeats a submission later; then one store may have forgotten tasks that were deleted, the other not. */
    private static final Duration REPEATED = Duration.ofSeconds(50);

    private final SplittableRandom random;
    private final FakeClock clock;
    private final List<String> queues;
    private final List<String> keys = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Instant> submittedAt = new ArrayList<>();
    private int batches;

    Deeds(long seed, FakeClock clock, List<String> queues) {
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.queues = queues;
    }

    /** One thing to be done, to both stores alike; answers what can be compared. */
    record Deed(String name, Function<Twin, Object> doing) {}

    Deed next() {
        Instant now = clock.instant();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> submit(now);
            case 4, 5, 6 -> lease(now);
            case 7, 8, 9, 10 -> settle(now);
            case 11 -> extend(now);
            case 12 -> report(now);
            case 13, 14, 15 -> change(now);
            case 16 -> pause();
            case 17 -> upkeep(now);
            default -> pass();
        };
    }

    List<String> keys() {
        return keys;
    }

    /** Leases that were given; to be told after each lease. */
    void learn(Set<String> given) {
        tokens.addAll(given);
    }

    private Deed submit(Instant now) {
        int young = Math.toIntExact(submittedAt.stream()
                .filter(at -> at.plus(REPEATED).isAfter(now))
                .count());
        if (young > 0 && random.nextInt(8) == 0) {
            int again = batches - 1 - random.nextInt(young);
            return new Deed("submit again " + again, twin -> twin.submit(again, now));
        }
        List<NewTask> tasks = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            keys.add("b" + batches + "_" + tasks.size());
            tasks.add(task(now).build(now));
        }
        batches++;
        submittedAt.add(now);
        String queue = any(queues);
        return new Deed("submit", twin -> twin.submit(queue, tasks, now));
    }

    private TaskBuilder task(Instant now) {
        TaskBuilder task = aTask(TYPES[random.nextInt(TYPES.length)])
                .withPriority(random.nextInt(10))
                .withPayload("\"" + "x".repeat(random.nextInt(40)) + "\"")
                .withFingerprint(random.nextInt(2));
        sometimes(3, () -> task.dueAt(now.plusMillis(random.nextInt(60_000))));
        sometimes(5, () -> task.expiringAt(now.plusMillis(1 + random.nextInt(90_000))));
        sometimes(6, () -> task.keptFor(Duration.ofSeconds(1 + random.nextInt(7_200))));
        sometimes(3, () -> task.forDestination(random.nextBoolean() ? "one" : "two"));
        sometimes(4, () -> task.withKey("key-" + random.nextInt(5)));
        sometimes(4, () -> {
            String name = "name-" + random.nextInt(9);
            keys.add(name);
            task.named(name);
        });
        sometimes(
                3,
                () -> task.unique(
                        "unique-" + random.nextInt(3),
                        random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(60)),
                        Unique.Mode.values()[random.nextInt(3)]));
        return task;
    }

    private Deed lease(Instant now) {
        Lanes lanes = switch (random.nextInt(3)) {
            case 0 -> Lanes.ALL_TYPES;
            case 1 -> new Lanes.Types(Set.of(TYPES[random.nextInt(TYPES.length)]));
            default -> new Lanes.Destinations(LeaseRequest.MAX, random.nextBoolean() ? Map.of() : Map.of("two", 0));
        };
        Duration time = Duration.ofMillis(1 + random.nextInt(60_000));
        LeaseRequest request = new LeaseRequest(any(queues), LeaseRequest.MAX, time, "w" + random.nextInt(3), lanes);
        return new Deed("lease", twin -> twin.lease(request, now));
    }

    private Deed settle(Instant now) {
        if (tokens.isEmpty()) {
            return pass();
        }
        String token = token();
        Verdict verdict = verdict(now);
        return new Deed(
                "settle " + token + " " + verdict,
                twin -> twin.texts(
                        twin.storage.tasks().settle(List.of(new Settlement(twin.token(token), verdict)), now)));
    }

    private Verdict verdict(Instant now) {
        Instant later = now.plusMillis(random.nextInt(40_000));
        TaskError error = new TaskError(random.nextBoolean() ? "A" : "B", "no " + random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0 -> new Verdict.Succeed(null);
            case 1 -> new Verdict.Succeed(Payload.of("" + random.nextInt(1000)));
            case 2 -> new Verdict.RetryAt(later, error, random.nextBoolean() ? Cause.FAILED : Cause.TIMED_OUT);
            case 3 -> new Verdict.Bury(error, Cause.FAILED);
            case 4 -> new Verdict.Release(null, random.nextBoolean() ? null : "no room");
            default -> new Verdict.Release(later, null);
        };
    }

    private Deed extend(Instant now) {
        if (tokens.isEmpty()) {
            return pass();
        }
        String token = token();
        Instant until = now.plusMillis(1 + random.nextInt(90_000));
        return new Deed(
                "extend " + token,
                twin -> twin.texts(twin.storage.tasks().extend(List.of(new Extension(twin.token(token), until)), now)));
    }

    private Deed report(Instant now) {
        if (tokens.isEmpty()) {
            return pass();
        }
        String token = token();
        Progress progress = random.nextBoolean() ? null : new Progress(random.nextInt(101), "at " + random.nextInt(9));
        List<String> log = random.nextBoolean() ? List.of() : List.of("line " + random.nextInt(), "and more");
        return new Deed(
                "report " + token,
                twin -> twin.texts(
                        twin.storage.tasks().report(List.of(new Report(twin.token(token), progress, log)), now)));
    }

    private Deed change(Instant now) {
        if (keys.isEmpty()) {
            return pass();
        }
        String key = any(keys);
        Long revision = random.nextInt(4) == 0 ? Long.valueOf(random.nextInt(6)) : null;
        Payload payload = random.nextBoolean() ? null : Payload.of("\"" + "y".repeat(random.nextInt(60)) + "\"");
        int kind = random.nextInt(4);
        return new Deed(
                "change " + key + " " + kind,
                twin -> twin.change(
                        switch (kind) {
                            case 0 -> new Change.Cancel(twin.id(key), revision);
                            case 1 -> new Change.Retry(twin.id(key), revision, payload);
                            case 2 -> new Change.RunNow(twin.id(key), revision);
                            default -> new Change.Delete(twin.id(key), revision);
                        },
                        now));
    }

    private Deed pause() {
        String queue = any(queues);
        boolean paused = random.nextInt(3) == 0;
        return new Deed("pause " + paused, twin -> twin.storage.queues().pause(queue, paused));
    }

    private Deed upkeep(Instant now) {
        String queue = any(queues);
        boolean pruning = random.nextBoolean();
        return new Deed(
                "upkeep",
                twin -> pruning
                        ? List.of(twin.storage.tasks().prune(queue, 10_000, now) >= 0)
                        : twin.storage.tasks().tidy(queue, 10_000, now));
    }

    private Deed pass() {
        int millis = 1 + random.nextInt(random.nextInt(10) == 0 ? 600_000 : 20_000);
        clock.tickMillis(millis);
        return new Deed("pass", twin -> millis);
    }

    private String token() {
        int back = random.nextInt(Math.min(tokens.size(), random.nextInt(5) == 0 ? 1000 : 8));
        return tokens.get(tokens.size() - 1 - back);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void sometimes(int one, Runnable step) {
        if (random.nextInt(one) == 0) {
            step.run();
        }
    }
}
