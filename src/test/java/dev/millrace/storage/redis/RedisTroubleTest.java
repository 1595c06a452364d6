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
import dev.millrace.queue.Submitted;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Taken;
import dev.millrace.testing.TaskBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    static Storage open(RedisServer server) {
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()));
    }

    static TaskId submit(Storage store, String payload) {
        return submit(store, aTask().withPayload(payload));
    }

    private static TaskId submit(Storage store, TaskBuilder task) {
        int number = store.queues().open("q", store.clock().instant());
        var now = store.clock().instant();
        Batch batch = new Batch(BatchId.make(now, number, ThreadLocalRandom.current()), "q", List.of(task.build(now)));
        assertThat(Taken.of(store.tasks().submit(List.of(batch), now))).hasOnlyElementsOfType(Submitted.Created.class);
        return batch.id().at(0);
    }

    static List<Lease> lease(Storage store) {
        return lease(store, 1);
    }

    private static List<Lease> lease(Storage store, int most) {
        return store.tasks()
                .lease(
                        new LeaseRequest("q", most, Duration.ofSeconds(30), "w", Lanes.ALL_TYPES),
                        store.clock().instant());
    }

    static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
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
    void tasksOfALineWhoseCountIsGoneAreHandedOut() {
        try (RedisServer server = RedisServer.start(Kind.VOLATILE);
                Storage store = open(server)) {
            TaskId one = submit(store, aTask("one"));
            TaskId other = submit(store, aTask("other"));
            String counts = RedisSettings.of(server.uri()).prefix() + ":{q}:waiting";
            assertThat(server.command("DEL", counts)).startsWith(":1");

            assertThat(lease(store, 2)).extracting(lease -> lease.task().id()).containsExactlyInAnyOrder(one, other);
            assertThat(lease(store, 2)).isEmpty();
        }
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
    void redisThatIsNearlyFullIsFound() {
        try (RedisServer server = RedisServer.start(Kind.ALWAYS);
                Storage store = open(server)) {
            server.command("CONFIG", "SET", "maxmemory", "1gb");
            assertThat(codes(store.check())).isEmpty();
            server.command("CONFIG", "SET", "maxmemory", "1mb");
            assertThat(codes(store.check())).containsExactly("redis-nearly-full");
        }
    }

    @Test
    void redisThatCannotWriteToItsDiskAndAClusterWithoutPrimariesAreFound() {
        for (String line : List.of("aof_last_write_status:err", "rdb_last_bgsave_status:err")) {
            assertThat(RedisStoreCheck.persistence(RedisStoreCheck.lines(line + "\r\n")))
                    .hasValueSatisfying(found -> assertThat(found.code()).isEqualTo("redis-persistence-failing"));
        }
        assertThat(RedisStoreCheck.cluster(RedisStoreCheck.lines("cluster_state:fail\r\n")))
                .hasValueSatisfying(found -> assertThat(found.code()).isEqualTo("redis-cluster-down"));
        assertThat(RedisStoreCheck.cluster(RedisStoreCheck.lines("cluster_state:ok\r\n")))
                .isEmpty();
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

    @Test
    void userOfTheOperationsPageMayDoAllThatMillraceNeedsAndNoMore() throws IOException {
        String rule = Files.readAllLines(Path.of("docs/operations.md")).stream()
                .filter(line -> line.startsWith("user millrace on "))
                .findFirst()
                .orElseThrow();
        try (RedisServer server = RedisServer.start(Kind.ALWAYS)) {
            server.command("ACL", "SETUSER", rule.substring("user ".length()));
            String url = server.uri().replace("//", "//millrace:PASSWORD@");
            RedisLink link = new RedisLink(VERTX, RedisSettings.of(url));
            try (Storage store = RedisStorage.open(VERTX, RedisSettings.of(url))) {
                TaskId id = submit(store, "1");
                assertThat(lease(store)).hasSize(1);
                assertThat(store.tasks().find(List.of(id), true)).containsKey(id);
                assertThat(store.tasks().prune("q", 10, store.clock().instant()))
                        .isZero();
                assertThat(codes(store.check())).isEmpty();
                assertThat(store.check().durability()).startsWith("AOF always");
                for (Request forbidden : List.of(
                        Request.cmd(Command.FLUSHALL),
                        Request.cmd(Command.GET).arg("another:key"),
                        Request.cmd(Command.CONFIG).arg("SET").arg("save").arg(""))) {
                    assertThatThrownBy(() -> link.ask(forbidden)).hasMessageContaining("NOPERM");
                }
            } finally {
                link.close();
            }
        }
    }

    private static List<String> codes(StoreCheck check) {
        return check.findings().stream().map(Finding::code).toList();
    }
}
