package dev.millrace.dashboard;

import static dev.millrace.testing.TaskBuilder.aTask;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.TaskError;
import dev.millrace.testing.TaskBuilder;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The last fifty minutes of a queue, written into the store of the running application as if they had just passed. */
final class FactSeed {
    private static final Map<Class<?>, FactSeed> SEEDS = new ConcurrentHashMap<>();
    private static final TaskError ERROR = new TaskError("Boom", "it broke");

    final String queue = "facts-" + UUID.randomUUID().toString().substring(0, 8);
    final String worker = "rack-9-" + queue;
    final String later;
    final String retrying;
    final String held;
    final String lonely;
    final String lastInLine;
    private final Instant start = bean(InstantSource.class).instant();

    /** Made once for each test class, which has an application of its own. */
    static FactSeed of(Class<?> test) {
        return SEEDS.computeIfAbsent(test, name -> new FactSeed());
    }

    static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private FactSeed() {
        // 20 that wait 45 s and run 3 s, 12 that die of the same, one that nobody takes, then 10 that go at once.
        submit(minutes(50), 20, aTask("steady"));
        List<Lease> leases = lease(minutes(50).plusSeconds(45), 20, "steady", "w");
        settle(minutes(50).plusSeconds(48), leases, new Verdict.Succeed(null));
        submit(minutes(20), 12, aTask("flaky"));
        Verdict dead = new Verdict.Bury(ERROR, Cause.FAILED);
        settle(minutes(20).plusSeconds(1), lease(minutes(20), 12, "flaky", "w"), dead);
        lonely = submit(minutes(15), 1, aTask("lonely")).getLast();
        submit(minutes(4), 10, aTask("steady"));
        settle(minutes(4).plusSeconds(1), lease(minutes(4), 10, "steady", "w"), new Verdict.Succeed(null));
        retrying = submit(minutes(3), 1, aTask("retrying")).getLast();
        Verdict again = new Verdict.RetryAt(start.plus(Duration.ofMinutes(30)), ERROR, Cause.FAILED);
        settle(minutes(3).plusSeconds(1), lease(minutes(3), 1, "retrying", "w"), again);
        held = submit(minutes(2), 1, aTask("held")).getLast();
        lease(minutes(2), 1, "held", worker);
        lastInLine = submit(minutes(2).plusSeconds(30), 5, aTask("steady")).getLast();
        later = submit(minutes(1), 1, aTask("later").dueAt(start.plus(Duration.ofHours(1))))
                .getLast();
    }

    private Instant minutes(int ago) {
        return start.minus(Duration.ofMinutes(ago));
    }

    private List<String> submit(Instant at, int count, TaskBuilder task) {
        int number = bean(QueueStore.class).open(queue, at);
        BatchId id = BatchId.make(at, number, new java.util.Random());
        Batch batch = new Batch(id, queue, Collections.nCopies(count, task.build(at)));
        return bean(TaskStore.class).submit(List.of(batch), at).getFirst().stream()
                .map(Submitted.Created.class::cast)
                .map(created -> created.id().value())
                .toList();
    }

    private List<Lease> lease(Instant at, int count, String type, String by) {
        Lanes lanes = Lanes.ofTypes(Set.of(type));
        LeaseRequest request = new LeaseRequest(queue, count, Duration.ofHours(3), by, lanes);
        return bean(TaskStore.class).lease(request, at);
    }

    private static void settle(Instant at, List<Lease> leases, Verdict verdict) {
        Function<Lease, Settlement> end = lease -> new Settlement(lease.token(), verdict);
        bean(TaskStore.class).settle(leases.stream().map(end).toList(), at);
    }

    /** The process that holds a task, heard of just now. */
    void beat() {
        Instant now = bean(InstantSource.class).instant();
        Node.Load load = new Node.Load(now, 1, 0.42, 256L << 20, Node.Stage.ACTIVE, Duration.ofSeconds(7));
        String version = bean(About.class).version();
        bean(NodeStore.class)
                .announce(new Node(
                        worker,
                        "rack-9",
                        "host-of-rack-9",
                        version,
                        Set.of("worker"),
                        start.minus(Duration.ofHours(3)),
                        load));
    }
}
