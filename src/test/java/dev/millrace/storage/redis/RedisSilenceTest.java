package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.Ear;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Taken;
import dev.millrace.testing.TcpProxy;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network that takes everything and gives nothing back: every wait for it ends, and it is left as soon as it mends. */
class RedisSilenceTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    private final RedisServer server = RedisServer.start(Kind.VOLATILE);
    private final TcpProxy proxy = TcpProxy.before(server.port());
    private Storage storage;

    @BeforeEach
    void open() {
        storage = open(proxy.port());
        submit(storage);
    }

    @AfterEach
    void close() {
        storage.close();
        proxy.close();
        server.close();
    }

    @AfterAll
    static void closeAll() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Storage open(int port) {
        return RedisStorage.open(
                VERTX, RedisSettings.of("redis://127.0.0.1:" + port).withTimeout(TIMEOUT));
    }

    @Test
    void everyCallEndsAtItsDeadlineAndAllWorksAgainOnceTheNetworkDoes() {
        proxy.swallow();
        Instant now = storage.clock().instant();
        for (int round = 0; round < 2; round++) {
            assertEndsInTime("ping", () -> storage.check().ping());
            assertEndsInTime("lease", () -> storage.tasks().lease(request(), now));
            assertEndsInTime("submit", () -> submit(storage));
            assertEndsInTime("queues", () -> storage.queues().names());
            assertEndsInTime("nodes", () -> storage.nodes().list(now));
            assertEndsInTime("destinations", () -> storage.destinations().list());
        }

        proxy.pass();

        assertMends("after 12 calls into a network that swallows");
    }

    @Test
    void connectionsThatStayDeadAreNotUsedAgain() {
        proxy.swallow();
        assertEndsInTime("ping", () -> storage.check().ping());
        proxy.pass();
        assertMends("after one call into a network that swallows");
        for (int i = 0; i < 20; i++) {
            storage.check().ping();
        }
    }

    @Test
    void listenerThatHearsNothingAnyMoreIsReplacedThoughNothingElseFails() {
        Storage speaker = open(server.port());
        try (Ear ear = new Ear(storage.wakeups())) {
            submit(speaker);
            ear.expect("ready q");
            proxy.swallow();
            long start = System.nanoTime();
            // The calls of this node fail and mend by themselves; nobody calls on behalf of the listener.
            assertEndsInTime("ping", () -> storage.check().ping());
            proxy.pass();
            ear.forget();
            while (ear.heard().isEmpty()) {
                assertThat(since(start)).isLessThan(Duration.ofSeconds(30));
                submit(speaker);
                Thread.onSpinWait();
            }
            System.out.printf(
                    "figures: a listener behind a network that swallowed: hears again after %d ms%n",
                    since(start).toMillis());
        } finally {
            speaker.close();
        }
    }

    private void assertMends(String when) {
        long start = System.nanoTime();
        while (true) {
            try {
                storage.check().ping();
                submit(storage);
                break;
            } catch (MillraceException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                assertThat(since(start)).as(when).isLessThan(TIMEOUT.multipliedBy(10));
            }
        }
        System.out.printf(
                "figures: %s: answers again after %d ms, timeout %d ms%n",
                when, since(start).toMillis(), TIMEOUT.toMillis());
    }

    /** One silence is waited for once; a machine with other work may take longer now and then. */
    private static void assertEndsInTime(String what, ThrowingCallable call) {
        Duration took = ended(what, call);
        for (int again = 0; again < 4 && took.compareTo(TIMEOUT.multipliedBy(2)) >= 0; again++) {
            took = ended(what, call);
        }
        assertThat(took).as(what).isLessThan(TIMEOUT.multipliedBy(2));
    }

    private static Duration ended(String what, ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call)
                .as(what)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        return since(start);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static LeaseRequest request() {
        return new LeaseRequest("q", 1, Duration.ofSeconds(30), "worker", Lanes.ALL_TYPES);
    }

    private static void submit(Storage store) {
        Instant now = store.clock().instant();
        BatchId batch = BatchId.make(now, store.queues().open("q", now), ThreadLocalRandom.current());
        assertThat(Taken.of(store.tasks().submit(List.of(new Batch(batch, "q", List.of(aTask().build(now)))), now)))
                .hasOnlyElementsOfType(Submitted.Created.class);
    }
}
