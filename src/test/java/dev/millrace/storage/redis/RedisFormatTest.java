package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Change;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Stores of the last format and of newer ones, and nodes of different formats on one store. */
class RedisFormatTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final List<String> NEW_SETTINGS = List.of("kept:4", "kept:5", "kept:6", "kept:7");

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void storeOfTheLastFormatIsWorkedWithAndOpenToNodesOfThatFormat() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE)) {
            long size = storeOfTheLastFormat(server);
            try (Storage store = open(server)) {
                assertThat(server.command("HMGET", "mr:meta", "format", "reader"))
                        .as("a node of format 1 may start as well")
                        .containsSubsequence("2", "1");
                assertThat(queue(store).retention())
                        .isEqualTo(Retention.alike(
                                new Kept(Duration.ofHours(7), 70L, 7_000L),
                                Kept.of(Duration.ofDays(70)),
                                Duration.ofHours(24)));
                assertThat(queue(store).keptBytes()).isEqualTo(2 * size);
                submit(store, "more");
                succeed(store);
                assertThat(queue(store).count(TaskState.SUCCEEDED)).isEqualTo(2);
            }
        }
    }

    @Test
    void bytesByStateAreCountedOnceAfterTheUpgradeAndGoneByOnlyThen() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE)) {
            long size = storeOfTheLastFormat(server);
            try (Storage store = open(server)) {
                assertThat(queue(store).endedBytes()).containsEntry(TaskState.CANCELLED, 0L);
                retain(store, new Kept(Duration.ofDays(1), null, size));
                assertThat(prune(store)).as("nothing is over its bound").isZero();
                assertEach(store, size);

                cancelled(store);
                assertThat(prune(store)).isEqualTo(1);
                assertEach(store, size);
            }
        }
    }

    @Test
    void bytesByStateAreCountedAgainAfterGoingBackAndForward() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE)) {
            long size = storeOfTheLastFormat(server);
            try (Storage store = open(server)) {
                retain(store, new Kept(Duration.ofDays(1), null, size));
                prune(store);
                assertEach(store, size);
            }
            // A node of format 1 took one away, which was greater, and cancelled another.
            server.command("HINCRBY", "mr:{q}:n", "c", "1000");
            asAFormerNodeWritesThePosition(server);
            assertNothingIsTakenAwayAndEachIsRight(server, size);
            // A node of format 1 took one away.
            server.command("HINCRBY", "mr:{q}:n", "c", "1000");
            server.command("HINCRBY", "mr:{q}:n", "in", "1");
            assertNothingIsTakenAwayAndEachIsRight(server, size);
        }
    }

    private static void assertNothingIsTakenAwayAndEachIsRight(RedisServer server, long size) {
        try (Storage store = open(server)) {
            assertThat(queue(store).endedBytes()).containsEntry(TaskState.SUCCEEDED, 0L);
            submit(store, "next");
            assertThat(prune(store)).isZero();
            assertEach(store, size);
            assertThat(prune(store)).isZero();
        }
    }

    private static void assertEach(Storage store, long size) {
        assertThat(queue(store).endedBytes())
                .containsEntry(TaskState.CANCELLED, size)
                .containsEntry(TaskState.EXPIRED, 0L)
                .containsEntry(TaskState.SUCCEEDED, size);
    }

    @Test
    void retentionThatANodeOfTheLastFormatSetsIsInForce() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            submit(store, "1");
            retain(store, new Kept(Duration.ofHours(5), 5L, null));
            assertThat(queue(store).retention().cancelled()).isEqualTo(new Kept(Duration.ofHours(5), 5L, 256L << 20));

            server.command("HSET", "mr:{q}:cfg", "age", "PT7H", "count", "70", "bytes", "7000", "deadAge", "PT1680H");

            assertThat(queue(store).retention())
                    .isEqualTo(Retention.alike(
                            new Kept(Duration.ofHours(7), 70L, 7_000L),
                            Kept.of(Duration.ofDays(70)),
                            Duration.ofHours(1)));
        }
    }

    /** With one task that succeeded and one that was cancelled; answers the size of each. */
    private static long storeOfTheLastFormat(RedisServer server) {
        try (Storage store = open(server)) {
            submit(store, "done");
            succeed(store);
            TaskId id = cancelled(store);
            asTheLastFormatLeftIt(server);
            return store.tasks().find(List.of(id), false).get(id).spec().size();
        }
    }

    @Test
    void nodesOfTheLastFormatKeepWhatThisOneSaysIsToBeKept() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            submit(store, "1");
            Retention retention = new Retention(
                    new Kept(Duration.ofHours(1), 10L, 100L),
                    Kept.of(Duration.ofDays(3)),
                    new Kept(Duration.ofHours(5), 20L, null),
                    new Kept(Duration.ofHours(2), 30L, 300L),
                    Duration.ofHours(9));
            store.queues().configure("q", new QueueConfig(null, TaskOptions.NONE, retention));

            assertThat(server.command("HMGET", "mr:{q}:cfg", "age", "count", "bytes", "deadAge", "dedupe"))
                    .containsSubsequence("PT5H", "60", "" + (400 + (256L << 20)), "PT72H", "PT9H");
        }
    }

    /** Format 1 had no counters of bytes by state, and one retention for succeeded, cancelled and expired tasks. */
    private static void asTheLastFormatLeftIt(RedisServer server) {
        server.command("HSET", "mr:meta", "format", "1", "reader", "1");
        server.command("HDEL", "mr:{q}:n", "c", "x", "in", "out");
        asAFormerNodeWritesThePosition(server);
        NEW_SETTINGS.forEach(field -> server.command("HDEL", "mr:{q}:cfg", field));
        server.command("HSET", "mr:{q}:cfg", "age", "PT7H", "count", "70", "bytes", "7000", "deadAge", "PT1680H");
    }

    private static void asAFormerNodeWritesThePosition(RedisServer server) {
        String last = server.command("HGET", "mr:{q}:n", "seq").lines().toList().get(1);
        server.command("HSET", "mr:{q}:n", "seq", "" + Long.parseLong(last));
    }

    private static Storage open(RedisServer server) {
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
    }

    private static QueueSnapshot queue(Storage store) {
        return store.queues().find("q", now(store)).orElseThrow();
    }

    private static void retain(Storage store, Kept each) {
        Retention retention = Retention.of(state -> each, Duration.ofHours(1));
        store.queues().configure("q", new QueueConfig(null, TaskOptions.NONE, retention));
    }

    private static int prune(Storage store) {
        return store.tasks().prune("q", 100, now(store));
    }

    private static TaskId submit(Storage store, String payload) {
        return RedisTroubleTest.submit(store, payload);
    }

    private static void succeed(Storage store) {
        var lease = RedisTroubleTest.lease(store).getFirst();
        store.tasks().settle(List.of(new Settlement(lease.token(), new Verdict.Succeed(null))), now(store));
    }

    private static TaskId cancelled(Storage store) {
        TaskId id = submit(store, "gone");
        store.tasks().change(List.of(new Change.Cancel(id, null)), now(store));
        return id;
    }

    private static Instant now(Storage store) {
        return store.clock().instant();
    }

    @Test
    void newerFormatIsRefusedWithASentence() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE)) {
            open(server).close();
            server.command("HSET", "mr:meta", "format", "9", "reader", "9");

            assertThatThrownBy(() -> open(server).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("format 9")
                    .hasMessageContaining("Upgrade");
        }
    }

    @Test
    void newerFormatThatThisOneCanReadIsWorkedWithAndLeftAsItIs() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage before = open(server)) {
            server.command("HSET", "mr:meta", "format", "9", "reader", "1");
            try (Storage store = open(server)) {
                TaskId id = submit(store, "1");
                assertThat(before.tasks().find(List.of(id), false)).containsKey(id);
            }
            assertThat(server.command("HGET", "mr:meta", "format")).contains("9");
        }
    }

    @Test
    void formatThatIsRaisedBeyondThisOneWhileItRunsIsSaid() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            submit(store, "1");
            RedisLink link = new RedisLink(VERTX, RedisSettings.of(server.uri()));
            RedisKeys keys = new RedisKeys(RedisSettings.DEFAULT_PREFIX);
            assertThat(StoreIdentity.outgrown(link, keys)).isEmpty();
            server.command("HSET", "mr:meta", "format", "9", "reader", "8");
            assertThat(StoreIdentity.outgrown(link, keys)).hasValueSatisfying(found -> {
                assertThat(found.code()).isEqualTo("store-format");
                assertThat(found.sentence()).contains("format 9");
            });
            link.close();
        }
    }
}
