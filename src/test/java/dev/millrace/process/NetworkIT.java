package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between Millrace and its Redis at its worst. */
@Tag("crash")
class NetworkIT {
    private static final int TASKS = 4_000;
    /** As in {@link Settings#impatient}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @Test
    void connectionsThatAreResetAndDelayedLoseNothing() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                TcpProxy proxy = TcpProxy.before(redis.port());
                MillraceProcess api = role(proxy, "api,scheduler");
                MillraceProcess worker = role(proxy, "api,worker");
                Flood flood = Flood.of("network", TASKS, i -> "\"type\": \"echo\"", api.uri(), worker.uri())) {
            int ended = 0;
            for (int round = 1; round <= 12; round++) {
                flood.awaitAcknowledged(TASKS * round / 16);
                proxy.delay(round % 3 * 15L);
                ended += proxy.reset();
            }
            proxy.pass();
            flood.awaitEnd(api, worker);
            new Checker(api.uri(), "network").check("connections to Redis reset and delayed", flood);
            System.out.printf(
                    "figures: connections to Redis reset and delayed: %d connections ended, answers %s%n",
                    ended, flood.answers());
            assertThat(flood.answers().keySet()).isSubsetOf(200, 201, 503);
        }
    }

    @Test
    void callsThatAreNeverAnsweredEndInTimeAndAllGoesOnAfterwards() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                TcpProxy proxy = TcpProxy.before(redis.port());
                MillraceProcess api = role(proxy, "api,scheduler");
                MillraceProcess worker = role(proxy, "api,worker");
                Flood flood = Flood.of("silent", TASKS, i -> "\"type\": \"echo\"", api.uri(), worker.uri())) {
            flood.awaitAcknowledged(TASKS / 3);
            proxy.swallow();
            Duration slowest = slowest(new Http(api.uri()));
            proxy.pass();
            long start = System.nanoTime();
            Until.holds(
                    "an answer", () -> new Http(api.uri()).get("/api/v1/queues").ok());
            Duration mended = Duration.ofNanos(System.nanoTime() - start);
            flood.awaitEnd();
            new Checker(api.uri(), "silent").check("a network that swallows for some seconds", flood);
            System.out.printf(
                    "figures: a network that swallows: timeout %d ms, slowest answer %d ms, back after %d ms, answers %s%n",
                    TIMEOUT.toMillis(), slowest.toMillis(), mended.toMillis(), flood.answers());
            // A call is made three times at most, a timeout each.
            assertThat(slowest).isLessThan(TIMEOUT.multipliedBy(3).plusSeconds(2));
            assertThat(mended).isLessThan(TIMEOUT.multipliedBy(5));
            assertThat(flood.answers().keySet()).isSubsetOf(200, 201, 503);
        }
    }

    private static Duration slowest(Http http) {
        long slowest = 0;
        for (int round = 0; round < 3; round++) {
            for (String path : new String[] {"/api/v1/queues", "/api/v1/tasks/silent-1", "/api/v1/health"}) {
                long start = System.nanoTime();
                Http.Reply reply = http.get(path);
                slowest = Math.max(slowest, System.nanoTime() - start);
                assertThat(reply.status()).as(path + " " + reply).isIn(200, 503);
            }
        }
        return Duration.ofNanos(slowest);
    }

    private MillraceProcess role(TcpProxy proxy, String roles) {
        return MillraceProcess.start(
                directory,
                "--redis",
                "redis://127.0.0.1:" + proxy.port(),
                "--roles",
                roles,
                "--config",
                Settings.impatient(directory));
    }
}
