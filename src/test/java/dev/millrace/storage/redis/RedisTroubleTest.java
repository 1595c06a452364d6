package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What this store says and does when Redis is not as it should be; each on a server of its own. */
class RedisTroubleTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Storage open(RedisServer server) {
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
    }

    private static TaskId submit(Storage store, String payload) {
        int number = store.queues().open("q", store.clock().instant());
        var now = store.clock().instant();
        Batch batch = new Batch(
                BatchId.make(now, number, ThreadLocalRandom.current()),
                "q",
                List.of(aTask().withPayload(payload).build(now)));
        assertThat(store.tasks().submit(List.of(batch), now).getFirst().getFirst())
                .isInstanceOf(Submitted.Created.class);
        return batch.id().at(0);
    }

    private static List<Lease> lease(Storage store) {
        return store.tasks()
                .lease(
                        new LeaseRequest("q", 1, Duration.ofSeconds(30), "w", Lanes.ALL_TYPES),
                        store.clock().instant());
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void fullRedisTakesNoMoreTasksButLetsWhatRunsEnd() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE, "--maxmemory", "12mb");
                Storage store = open(server)) {
            String payload = "\"" + "x".repeat(100_000) + "\"";
            assertRefused(ErrorCode.STORE_FULL, () -> {
                for (int i = 0; i < 1_000; i++) {
                    submit(store, payload);
                }
            });

            Lease lease = lease(store).getFirst();
            List<Settled> settled = store.tasks()
                    .settle(
                            List.of(new Settlement(lease.token(), new Verdict.Succeed(null))),
                            store.clock().instant());
            assertThat(settled).extracting(Settled::result).containsExactly(Settled.Result.DONE);
        }
    }

    @Test
    void silentRedisIsUnavailableUntilItAnswersAgain() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store =
                        RedisStorage.open(VERTX, RedisSettings.of(server.uri()).withTimeout(Duration.ofMillis(300)))) {
            TaskId id = submit(store, "1");
            server.freeze();
            assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> store.check().ping());
            assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> lease(store));
            server.thaw();

            assertThat(store.tasks().find(List.of(id), true)).containsKey(id);
        }
    }

    @Test
    void noConnectionOutlastsAStandstill() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            TaskId id = submit(store, "1");
            assertThat(lease(store)).hasSize(1);
            Set<String> before = clients(server);
            server.command("CONFIG", "RESETSTAT");

            store.standstill().end();

            assertThat(server.command("INFO", "commandstats")).contains("cmdstat_time:calls=1");
            assertThat(store.tasks().find(List.of(id), true)).containsKey(id);
            assertThat(clients(server)).doesNotContainAnyElementsOf(before);
        }
    }

    /** All but the one that asks. */
    private static Set<String> clients(RedisServer server) {
        return Pattern.compile("id=(\\d+) (?!.*cmd=client)")
                .matcher(server.command("CLIENT", "LIST"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void restartedRedisIsFoundAgain() {
        try (RedisServer server = RedisServer.start(Kind.ALWAYS);
                Storage store = open(server)) {
            TaskId id = submit(store, "1");
            server.kill();
            assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> store.check().ping());
            server.restart();

            assertThat(store.tasks().find(List.of(id), true)).containsKey(id);
            assertThat(lease(store)).hasSize(1);
        }
    }

    @Test
    void newerFormatIsRefusedWithASentence() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE)) {
            open(server).close();
            server.command("HSET", "mr:meta", "format", "2", "reader", "2");

            assertThatThrownBy(() -> open(server).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("format 2")
                    .hasMessageContaining("Upgrade");
        }
    }

    @Test
    void newerFormatThatThisOneCanReadIsWorkedWithAndLeftAsItIs() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage before = open(server)) {
            server.command("HSET", "mr:meta", "format", "2", "reader", "1");
            try (Storage store = open(server)) {
                TaskId id = submit(store, "1");
                assertThat(before.tasks().find(List.of(id), false)).containsKey(id);
            }
            assertThat(server.command("HGET", "mr:meta", "format")).contains("2");
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
            server.command("HSET", "mr:meta", "format", "3", "reader", "2");
            assertThat(StoreIdentity.outgrown(link, keys))
                    .hasValueSatisfying(found -> assertThat(found.sentence()).contains("format 3"));
            link.close();
        }
    }

    @Test
    void secretIsTheSameForEveryNode() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage one = open(server);
                Storage other = open(server)) {
            assertThat(one.secret()).hasSize(32).isEqualTo(other.secret());
        }
    }

    @Test
    void missingPersistenceAndEvictionAreFound() {
        try (RedisServer server =
                        RedisServer.start(Kind.VOLATILE, "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
                Storage store = open(server)) {
            assertThat(codes(store.check())).containsExactlyInAnyOrder("redis-eviction", "redis-no-aof");
            assertThat(store.check().findings()).anyMatch(Finding::fatal);
            assertThat(store.check().durability()).startsWith("none");
        }
    }

    @Test
    void replicaIsFound() {
        try (RedisServer server = RedisServer.start(Kind.ALWAYS);
                Storage store = open(server)) {
            assertThat(codes(store.check())).isEmpty();
            server.command("REPLICAOF", "127.0.0.1", "1");

            assertThat(codes(store.check())).contains("redis-replica");
            assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> submit(store, "1"));
        }
    }

    @Test
    void refusedConfigIsUnknownAndNoFault() {
        try (RedisServer server = RedisServer.start(Kind.ALWAYS)) {
            server.command("ACL", "SETUSER", "guest", "on", ">secret", "~*", "&*", "+@all", "-config");
            String url = server.uri().replace("//", "//guest:secret@");
            try (Storage store = RedisStorage.open(VERTX, RedisSettings.of(url))) {
                assertThat(codes(store.check())).isEmpty();
                assertThat(store.check().durability()).contains("unknown");
                submit(store, "1");
            }
        }
    }

    private static List<String> codes(StoreCheck check) {
        return check.findings().stream().map(Finding::code).toList();
    }
}
