package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks race a worker that goes to sleep as soon as it has nothing to do: each is submitted when the one before it ended,
 * which is when the worker takes its last look.
 */
@Tag("crash")
class KickIT {
    private static final int ROUNDS = 1000;
    private static final Duration SWEEP = Duration.ofMillis(250);
    /** Beyond the sweep: the way of a task on a busy machine. */
    private static final Duration SLACK = Duration.ofMillis(1500);

    @TempDir
    Path directory;

    @Test
    void noTaskWaitsLongerThanASweepOnSqlite() throws Exception {
        try (KickRelay relay = new KickRelay();
                MillraceProcess both = start(relay, "--roles", "api,worker")) {
            relay.worker(both.uri());
            race("sqlite", both.uri(), relay);
        }
    }

    @Test
    void noTaskWaitsLongerThanASweepOnRedis() throws Exception {
        String redis = RedisServer.shared(Kind.PLAIN).uri();
        try (KickRelay relay = new KickRelay();
                MillraceProcess worker = start(relay, "--roles", "worker", "--redis", redis);
                MillraceProcess front = start(relay, "--roles", "api", "--redis", redis)) {
            relay.worker(worker.uri());
            race("redis", front.uri(), relay);
        }
    }

    private MillraceProcess start(KickRelay relay, String... arguments) {
        return MillraceProcess.start(
                directory,
                Map.of(
                        "MILLRACE_POOLS_ALL_KICK_URL",
                        relay.url(),
                        "MILLRACE_WORKER_ON_DEMAND",
                        "true",
                        "MILLRACE_REDIS_PREFIX",
                        "kick"),
                arguments);
    }

    private void race(String store, URI front, KickRelay relay) throws Exception {
        Rounds alone = new Rounds(front);
        alone.run(ROUNDS);
        relay.loseEach(20);
        Rounds swept = new Rounds(front);
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            Http operator = new Http(front);
            clock.scheduleWithFixedDelay(
                    () -> operator.post("/api/v1/maintenance/tick", ""), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
            swept.run(ROUNDS);
            clock.shutdownNow();
        }
        System.out.printf(
                "figures: kicks on %s: without a sweep %d of %d tasks left waiting (longest wait %d ms);"
                        + " with a sweep each %d ms and %d of %d kicks lost, %d left waiting (longest %d ms)%n",
                store,
                alone.left,
                ROUNDS,
                alone.longest.toMillis(),
                SWEEP.toMillis(),
                relay.lost(),
                relay.kicks(),
                swept.left,
                swept.longest.toMillis());
        assertThat(relay.lost()).isPositive();
        assertThat(swept.left).isZero();
    }

    /** Submits one task after the other and waits for the end of each. */
    private static final class Rounds {
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final HttpRequest submit;
        private int left;
        private Duration longest = Duration.ZERO;

        Rounds(URI front) {
            submit = HttpRequest.newBuilder(front.resolve("/api/v1/queues/kicked/tasks"))
                    .header("Content-Type", "application/json")
                    .header("Prefer", "wait=3")
                    .timeout(Duration.ofSeconds(30))
                    .POST(BodyPublishers.ofString("{\"type\": \"echo\"}"))
                    .build();
        }

        void run(int rounds) throws Exception {
            for (int round = 0; round < rounds; round++) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
                long start = System.nanoTime();
                String task = client.send(submit, BodyHandlers.ofString()).body();
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                longest = waited.compareTo(longest) > 0 ? waited : longest;
                boolean done = task.contains("\"state\":\"succeeded\"");
                if (!done || waited.compareTo(SWEEP.plus(SLACK)) > 0) {
                    left++;
                }
            }
        }
    }
}
