package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.StoreInvariants;
import dev.millrace.testing.TaskBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A node of the last format that goes on working, by turns with this one, on the store that this one has opened. */
class FormerNodeTest {
    private static final Vertx VERTX = Vertx.vertx();

    /** A moment after the last of its commands. */
    private static final Instant NOW = Instant.ofEpochMilli(1_795_334_750_000L);

    private static final Duration LEASE = Duration.ofMinutes(1);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nodesOfBothFormatsLeaseAndEndEachOthersTasksByTurns() {
        FormerTraffic former = FormerTraffic.recorded();
        RedisServer server = RedisServer.start(Kind.VOLATILE);
        RedisSettings settings = RedisSettings.of(server.uri());
        try (server;
                RedisLink link = new RedisLink(VERTX, settings)) {
            server.command("HSET", "mr:queues", ".last", "" + (FormerTraffic.NUMBER - 1));
            try (Storage store = RedisStorage.open(VERTX, settings)) {
                byTurns(store, former, link);
            }
            new RedisLayout(link, RedisSettings.DEFAULT_PREFIX).check(Set.of("q"));
        }
    }

    private static void byTurns(Storage store, FormerTraffic former, RedisLink link) {
        assertThat(submit(store, aTask("n").named("new-1").withPriority(0))).isInstanceOf(Submitted.Created.class);
        int commands = former.replay("scripts", link) + former.replay("submit", link);
        assertCounts(store, 10, 1, 0, 0);
        assertThat(submit(store, aTask("t").named("old-1").withFingerprint(1)))
                .isEqualTo(new Submitted.NameTaken(new TaskId("old-1")));
        commands += former.replay("lease", link);
        assertCounts(store, 5, 1, 5, 0);
        succeed(store, lease(store, NOW, 2, "u"), NOW);

        commands += former.replay("settle", link);
        assertCounts(store, 4, 2, 1, 3);
        assertWhatTheFormerNodeSettled(store);
        LeaseToken given = new LeaseToken(madeId(link, "old-5"), 1);
        assertThat(store.tasks().settle(List.of(new Settlement(given, new Verdict.Succeed(null))), NOW))
                .allMatch(Settled::holds);

        commands += former.replay("cancel", link);
        runTheRest(store);
        System.out.printf(
                "figures: a node of the last format and this one by turns on one Redis: %d commands of the former one,"
                        + " 12 tasks, each ended once%n",
                commands);
    }

    private static void runTheRest(Storage store) {
        assertCounts(store, 5, 1, 0, 4);
        assertThat(find(store, "old-6").state()).isEqualTo(TaskState.CANCELLED);
        Instant later = NOW.plusSeconds(60);
        List<Lease> rest = lease(store, later, 10);
        assertThat(rest)
                .hasSize(6)
                .extracting(lease -> lease.task().id().value())
                .contains("new-1", "old-2", "old-3", "old-4", "old-late");
        succeed(store, rest, later);
        assertKeptAndPrunedAsEver(store, later);
    }

    private static void assertWhatTheFormerNodeSettled(Storage store) {
        assertThat(find(store, "old-1").details().result()).isEqualTo(Payload.of("{\"sum\":3}"));
        Task dead = find(store, "old-2");
        assertThat(dead.state()).isEqualTo(TaskState.DEAD);
        assertThat(dead.details().history())
                .extracting(Event::cause)
                .containsExactly(Cause.SUBMITTED, Cause.LEASED, Cause.FAILED);
        assertThat(find(store, "old-3").state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(find(store, "old-4").state()).isEqualTo(TaskState.READY);
        Task running = find(store, "old-5");
        assertThat(running.status().times().leaseExpiresAt()).isAfter(NOW.plus(Duration.ofMinutes(119)));
        assertThat(running.details().progress().percent()).isEqualTo(40);
        assertThat(running.details().log()).isNotEmpty();
    }

    private static void assertKeptAndPrunedAsEver(Storage store, Instant later) {
        store.tasks().prune("q", 100, later);
        assertCounts(store, 0, 0, 0, 10);
        new StoreInvariants(store, later).check(Set.of("q"));
        Instant old = later.plus(Duration.ofHours(25));
        store.tasks().prune("q", 100, old);
        assertCounts(store, 0, 0, 0, 0);
        new StoreInvariants(store, old).check(Set.of("q"));
    }

    private static void assertCounts(Storage store, long ready, long scheduled, long running, long succeeded) {
        var queue = store.queues().find("q", NOW).orElseThrow();
        assertThat(List.of(TaskState.READY, TaskState.SCHEDULED, TaskState.RUNNING, TaskState.SUCCEEDED))
                .extracting(queue::count)
                .containsExactly(ready, scheduled, running, succeeded);
    }

    /** Under which the former node's worker holds its lease. */
    private static TaskId madeId(RedisLink link, String name) {
        byte[] entry = link.ask(Command.HGET, "mr:{q}:names", name).toBytes();
        return TaskRef.ofBytes(entry, 0).id();
    }

    private static Submitted submit(Storage store, TaskBuilder task) {
        BatchId id = BatchId.make(NOW, store.queues().open("q", NOW), ThreadLocalRandom.current());
        assertThat(id.queueNumber()).isEqualTo(FormerTraffic.NUMBER);
        return store.tasks()
                .submit(List.of(new Batch(id, "q", List.of(task.build(NOW)))), NOW)
                .getFirst()
                .getFirst();
    }

    private static List<Lease> lease(Storage store, Instant now, int max, String... types) {
        LeaseRequest request = new LeaseRequest("q", max, LEASE, "new-worker", Lanes.ofTypes(Set.of(types)));
        List<Lease> leases = store.tasks().lease(request, now);
        assertThat(leases).hasSizeLessThanOrEqualTo(max).isNotEmpty();
        return leases;
    }

    private static void succeed(Storage store, List<Lease> leases, Instant now) {
        List<Settlement> ends = leases.stream()
                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                .toList();
        assertThat(store.tasks().settle(ends, now)).allMatch(Settled::holds);
    }

    private static Task find(Storage store, String id) {
        return store.tasks().find(List.of(new TaskId(id)), true).get(new TaskId(id));
    }
}
