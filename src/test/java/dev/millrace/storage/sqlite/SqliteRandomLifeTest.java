package dev.millrace.storage.sqlite;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import dev.millrace.testing.FakeClock;
import dev.millrace.testing.StoreInvariants;
import dev.millrace.testing.TaskBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done in whatever order, what the tables say twice agrees, also after a restart in the middle. */
class SqliteRandomLifeTest {
    private static final Set<String> QUEUES = Set.of("q-0", "q-1");
    private static final int STEPS = 600;

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock();
    private final List<LeaseToken> tokens = new ArrayList<>();
    private final List<TaskId> ids = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private Random random;
    private Storage storage;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everythingAgreesAfterALongLife(long seed) {
        random = new Random(seed);
        open();
        for (String queue : QUEUES) {
            storage.queues().open(queue, clock.instant());
            QueueConfig.Retention brief = new QueueConfig.Retention(
                    Duration.ofMinutes(10), 150, 30_000, Duration.ofMinutes(20), Duration.ofMinutes(15));
            storage.queues().configure(queue, new QueueConfig(400L, TaskOptions.NONE, brief));
        }
        for (int step = 0; step < STEPS; step++) {
            live();
            if (step % 200 == 199) {
                check();
                storage.close();
                open();
            }
        }
        check();
        storage.close();
    }

    private void open() {
        storage = SqliteStorage.open(new SqliteSettings(directory, Synchronous.NORMAL, 1), clock);
    }

    private void check() {
        new StoreInvariants(storage, clock.instant()).check(QUEUES);
        SqliteLayout.check(directory.resolve(SqliteStorage.FILE), QUEUES);
    }

    private void live() {
        TaskStore tasks = storage.tasks();
        Instant now = clock.tickMillis(random.nextInt(200));
        switch (random.nextInt(12)) {
            case 0, 1 -> submit();
            case 2, 3, 4 -> lease();
            case 5, 6, 7 -> assertThat(tasks.settle(settlements(), now)).isNotNull();
            case 8 -> tasks.change(changes(), now);
            case 9 -> tasks.extend(some(tokens).stream().map(this::extension).toList(), now);
            case 10 -> tasks.report(some(tokens).stream().map(this::report).toList(), now);
            default -> chores();
        }
    }

    private void chores() {
        Instant now = clock.tickSeconds(random.nextInt(40));
        storage.tasks().tidy(queue(), 1 + random.nextInt(50), now);
        storage.tasks().prune(queue(), 1 + random.nextInt(50), now);
    }

    private String queue() {
        return "q-" + random.nextInt(2);
    }

    private void submit() {
        if (!batches.isEmpty() && random.nextInt(5) == 0) {
            Batch again = batches.get(random.nextInt(batches.size()));
            storage.tasks().submit(List.of(again), clock.instant());
            return;
        }
        String queue = queue();
        List<NewTask> some = new ArrayList<>();
        TaskBuilder alike = random.nextBoolean() ? task() : null;
        for (int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 99 : 5); n > 0; n--) {
            some.add((alike == null ? task() : alike).build(clock.instant()));
        }
        int number = storage.queues().open(queue, clock.instant());
        Batch batch = new Batch(BatchId.make(clock.instant(), number, random), queue, some);
        batches.add(batch);
        storage.tasks().submit(List.of(batch), clock.instant());
        for (int i = 0; i < some.size(); i++) {
            ids.add(batch.id().at(i));
        }
    }

    private TaskBuilder task() {
        TaskBuilder task = aTask("type-" + random.nextInt(4)).withPriority(random.nextInt(10));
        if (random.nextInt(3) == 0) {
            task.forDestination(random.nextBoolean() ? "one" : "two");
        }
        Instant now = clock.instant();
        switch (random.nextInt(8)) {
            case 0 -> task.dueAt(now.plusSeconds(random.nextInt(60)));
            case 1 -> task.expiringAt(now.plusSeconds(1 + random.nextInt(60)));
            case 2 -> task.named("name-" + random.nextInt(500));
            case 3 -> task.withKey("key-" + random.nextInt(500));
            case 4 -> task.unique("u-" + random.nextInt(20), Unique.Mode.values()[random.nextInt(3)]);
            case 5 -> task.keptFor(Duration.ofSeconds(1 + random.nextInt(1000)));
            default -> task.withPayload("\"" + "x".repeat(random.nextInt(300)) + "\"");
        }
        return task;
    }

    private void lease() {
        Lanes lanes = switch (random.nextInt(3)) {
            case 0 -> Lanes.ALL_TYPES;
            case 1 -> new Lanes.Types(Set.of("type-0", "type-" + (1 + random.nextInt(3))));
            default -> new Lanes.Destinations(1 + random.nextInt(9), Map.of("two", random.nextInt(3)));
        };
        LeaseRequest request = new LeaseRequest(
                queue(),
                1 + random.nextInt(60),
                Duration.ofSeconds(1 + random.nextInt(30)),
                "w-" + random.nextInt(3),
                lanes);
        for (Lease lease : storage.tasks().lease(request, clock.instant())) {
            tokens.add(lease.token());
        }
    }

    private List<Settlement> settlements() {
        List<Settlement> settlements = new ArrayList<>();
        for (LeaseToken token : some(tokens)) {
            settlements.add(new Settlement(token, verdict()));
        }
        return settlements;
    }

    private Verdict verdict() {
        Instant later = clock.instant().plusSeconds(random.nextInt(60));
        TaskError error = new TaskError("Boom", "it broke " + random.nextInt(10));
        return switch (random.nextInt(6)) {
            case 0 -> new Verdict.RetryAt(later, error, Cause.FAILED);
            case 1 -> new Verdict.Bury(error, Cause.TIMED_OUT);
            case 2 -> new Verdict.Release(random.nextBoolean() ? later : null, "because");
            case 3 -> new Verdict.Succeed(Payload.of("[1]"));
            default -> new Verdict.Succeed(null);
        };
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (TaskId id : some(ids)) {
            changes.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Change.Cancel(id, null);
                        case 1 -> new Change.Retry(id, null, random.nextBoolean() ? Payload.of("\"edited\"") : null);
                        case 2 -> new Change.RunNow(id, null);
                        default -> new Change.Delete(id, null);
                    });
        }
        return changes;
    }

    private Extension extension(LeaseToken token) {
        return new Extension(token, clock.instant().plusSeconds(1 + random.nextInt(60)));
    }

    private Report report(LeaseToken token) {
        return new Report(token, new Progress(random.nextInt(101), null), List.of("line"));
    }

    /** A run of neighbours, mostly of the last ones: what came together is often treated together. */
    private <T> List<T> some(List<T> all) {
        int from = all.isEmpty() ? 0 : random.nextInt(all.size());
        from = random.nextInt(3) == 0 ? from : Math.max(from, all.size() - 120);
        return List.copyOf(all.subList(from, Math.min(all.size(), from + random.nextInt(100))));
    }
}
