package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that stop answering for a while and come back, and clocks that are wrong. */
@Tag("crash")
class FaultIT {
    private static final int TASKS = 5_000;
    private static final String ECHO = "\"type\": \"echo\"";

    @TempDir
    Path directory;

    @Test
    void workerThatWasFrozenForTwiceItsLeaseIsRefused() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess frozen = role(redis, "worker");
                Flood flood = Flood.of("fault", 200, i -> sleeping(), api.uri())) {
            Http http = new Http(api.uri());
            flood.awaitEnd();
            Until.holds("a running task", () -> counts(http).path("running").asInt() > 0);
            frozen.freeze();
            try (MillraceProcess other = role(redis, "worker")) {
                Until.pause(6_000);
                frozen.thaw();
                Figures figures =
                        new Checker(api.uri(), "fault").check("SIGSTOP of a worker for twice its lease, Redis", flood);
                assertThat(figures.runs()).isGreaterThan(200);
                assertThat(frozen.alive() && other.alive()).isTrue();
            }
        }
    }

    @Test
    void redisThatIsFrozenForThreeSecondsLosesNothing() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess worker = role(redis, "worker");
                Flood flood = Flood.of("fault", TASKS, i -> ECHO, api.uri())) {
            flood.awaitAcknowledged(TASKS / 3);
            redis.freeze();
            Until.pause(3_000);
            redis.thaw();
            flood.awaitEnd();
            new Checker(api.uri(), "fault").check("SIGSTOP of Redis for 3 s, client timeout 1 s", flood);
            assertThat(worker.alive()).isTrue();
        }
    }

    @Test
    void scriptsThatVanishUnderLoadAreLoadedAgain() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess server = role(redis, "api,worker,scheduler");
                Flood flood = Flood.of("fault", TASKS, i -> ECHO, server.uri())) {
            for (int flushed = 1; flushed <= 20; flushed++) {
                flood.awaitAcknowledged(TASKS * flushed / 22);
                redis.command("SCRIPT", "FLUSH");
            }
            flood.awaitEnd();
            new Checker(server.uri(), "fault").check("SCRIPT FLUSH under load, 20 times", flood);
        }
    }

    @Test
    void nodeWhoseClockIsAnHourOffChangesNothing() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess ahead =
                        MillraceProcess.startWithClock("+1h", directory, arguments(redis, "api,worker,scheduler"));
                Flood flood = Flood.of("fault", 1_000, i -> sleeping(), api.uri(), ahead.uri())) {
            new Http(ahead.uri())
                    .post(
                            "/api/v1/queues/later/tasks",
                            "{\"id\": \"later\", \"type\": \"echo\", \"delay\": \"PT10M\"}");
            flood.awaitEnd();
            Figures figures =
                    new Checker(api.uri(), "fault").check("a node whose clock is an hour ahead, Redis", flood);

            assertThat(figures.runs()).as("no lease expired early").isEqualTo(1_000);
            JsonNode later = new Http(api.uri()).read("/api/v1/tasks/later");
            assertThat(later.path("state").asText()).isEqualTo("scheduled");
            assertThat(List.of(later.path("createdAt").asText()))
                    .allMatch(at -> java.time.Duration.between(java.time.Instant.parse(at), java.time.Instant.now())
                                    .abs()
                                    .toMinutes()
                            < 2);
        }
    }

    private MillraceProcess role(RedisServer redis, String roles) {
        return MillraceProcess.start(directory, arguments(redis, roles));
    }

    private String[] arguments(RedisServer redis, String roles) {
        return new String[] {"--redis", redis.uri(), "--roles", roles, "--config", Settings.impatient(directory)};
    }

    private static JsonNode counts(Http http) {
        return http.read("/api/v1/queues/fault").path("counts");
    }

    private static String sleeping() {
        return "\"type\": \"sleep\", \"payload\": {\"duration\": \"PT0.5S\"}";
    }
}
