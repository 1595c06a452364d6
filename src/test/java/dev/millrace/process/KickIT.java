package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks race a worker that goes to sleep as soon as it has nothing to do: each is submitted when the one before it ended,
 * which is when the worker takes its last look. First nobody sweeps, then kicks get lost and a scheduler sweeps.
 */
@Tag("crash")
class KickIT {
    private static final int ROUNDS = 1000;
    private static final int ROUNDS_ALONE = 500;
    /** With kicks that get lost and nobody who sweeps: each costs its round the whole wait. */
    private static final int FEW_ROUNDS = 90;

    private static final int LOSE_EACH = 40;
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** Beyond the sweep: from the kick to the lease. */
    private static final Duration SLACK = Duration.ofMillis(750);
    /** The task's own kick and one of a sweep: with these it ran, however long the machine stood still between them. */
    private static final int ONE_SWEEP = 2;
    /** Whatever the machine does: nobody sweeps as often as said. */
    private static final Duration LONGEST = SWEEP.multipliedBy(4);
    /** How often few rounds are repeated until a lost kick mattered: it does not while the worker still looks around. */
    private static final int REPEATS = 10;

    @TempDir
    Path directory;

    @Test
    void noTaskWaitsLongerThanASweepOnSqlite() throws Exception {
        try (KickRelay relay = new KickRelay()) {
            try (MillraceProcess both = start(relay, "--roles", "api,worker")) {
                relay.worker(both.uri());
                raceWithoutSweep("sqlite", both.uri(), relay);
            }
            try (MillraceProcess all = start(relay, "--roles", "api,worker,scheduler")) {
                relay.worker(all.uri());
                raceWithSweep("sqlite", all.uri(), relay);
            }
        }
    }

    @Test
    void noTaskWaitsLongerThanASweepOnRedis() throws Exception {
        String redis = RedisServer.shared(Kind.PLAIN).uri();
        try (KickRelay relay = new KickRelay();
                MillraceProcess worker = start(relay, "--roles", "worker", "--redis", redis);
                MillraceProcess front = start(relay, "--roles", "api", "--redis", redis)) {
            relay.worker(worker.uri());
            raceWithoutSweep("redis", front.uri(), relay);
            try (MillraceProcess scheduler = start(relay, "--roles", "scheduler", "--redis", redis)) {
                assertThat(scheduler.alive()).isTrue();
                raceWithSweep("redis", front.uri(), relay);
            }
        }
    }

    private MillraceProcess start(KickRelay relay, String... arguments) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MILLRACE_POOLS_ALL_KICK_URL", relay.url());
        settings.put("MILLRACE_KICKS_SWEEP", SWEEP.toString());
        settings.put("MILLRACE_WORKER_ON_DEMAND", "true");
        settings.put("MILLRACE_REDIS_PREFIX", "kick");
        return MillraceProcess.start(directory, settings, arguments);
    }

    private static void raceWithoutSweep(String store, URI front, KickRelay relay) {
        relay.loseEach(Integer.MAX_VALUE);
        Rounds alone = new Rounds(front, relay, Duration.ofSeconds(3));
        alone.run(ROUNDS_ALONE);
        relay.loseEach(LOSE_EACH);
        Rounds lossy = new Rounds(front, relay, SWEEP.plus(SLACK));
        for (int repeat = 0; repeat < REPEATS && lossy.left == 0; repeat++) {
            lossy.run(FEW_ROUNDS);
        }
        System.out.printf(
                "figures: kicks on %s without a sweep: %d of %d tasks left waiting (longest wait %d ms);"
                        + " %d of %d where %d kicks got lost%n",
                store, alone.left, ROUNDS_ALONE, alone.longest.toMillis(), lossy.left, lossy.rounds, relay.lost());
        assertThat(alone.left).as("kicks that got lost by themselves").isLessThan(ROUNDS_ALONE / 100);
        assertThat(lossy.left).as("what a sweep is for").isPositive();
    }

    private static void raceWithSweep(String store, URI front, KickRelay relay) {
        relay.loseEach(LOSE_EACH);
        int before = relay.lost();
        Rounds swept = new Rounds(front, relay, Duration.ofSeconds(20));
        swept.run(ROUNDS);
        System.out.printf(
                "figures: kicks on %s with a sweep each %d ms: %d of %d tasks left waiting longer (longest wait %d ms)"
                        + " where %d kicks got lost%n",
                store, SWEEP.toMillis(), swept.left, ROUNDS, swept.longest.toMillis(), relay.lost() - before);
        assertThat(relay.lost() - before).isGreaterThan(ROUNDS / LOSE_EACH / 2);
        assertThat(swept.left).isZero();
    }

    /** Submits one task after the other and waits for the end of each. */
    private static final class Rounds {
        private final Http client;
        private final KickRelay relay;
        private final Duration patience;
        private int rounds;
        private int left;
        private Duration longest = Duration.ZERO;

        /**
         * @param patience for the end of one
         */
        Rounds(URI front, KickRelay relay, Duration patience) {
            this.client = new Http(front);
            this.relay = relay;
            this.patience = patience;
        }

        void run(int more) {
            rounds += more;
            for (int round = 0; round < more; round++) {
                int before = relay.passed();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
                Http.Reply reply = client.post(
                        "/api/v1/queues/kicked/tasks",
                        "{\"type\": \"echo\"}",
                        "Prefer",
                        "wait=" + Math.ceilDiv(patience.toMillis(), 1000));
                assertThat(reply.status()).as(reply.body()).isEqualTo(201);
                note(reply.json(), relay.passed() - before);
            }
        }

        /** By the store's clock, so that the way to this test and back does not count. */
        private void note(JsonNode task, int kicks) {
            Duration waited = task.path("startedAt").isTextual()
                    ? Duration.between(at(task, "createdAt"), at(task, "startedAt"))
                    : patience;
            longest = waited.compareTo(longest) > 0 ? waited : longest;
            boolean done = task.path("state").asText().equals("succeeded");
            boolean late = waited.compareTo(SWEEP.plus(SLACK)) > 0 && kicks > ONE_SWEEP;
            if (!done || late || waited.compareTo(LONGEST) > 0) {
                left++;
            }
        }

        private static Instant at(JsonNode task, String member) {
            return Instant.parse(task.path(member).asText());
        }
    }
}
