package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end without a word in the middle of 5,000 submits. */
@Tag("crash")
class CrashIT {
    private static final int TASKS = 5_000;
    private static final String ECHO = "\"type\": \"echo\"";

    @TempDir
    Path directory;

    @Test
    void nothingIsLostWhenTheOnlyProcessIsKilledOnSqlite() {
        try (MillraceProcess server = MillraceProcess.start(directory, "--config", Settings.fastLeases(directory));
                Flood flood = Flood.of("crash", TASKS, i -> ECHO, server.uri())) {
            for (int killed = 1; killed <= 3; killed++) {
                flood.awaitAcknowledged(TASKS * killed / 4);
                server.restart();
            }
            flood.awaitEnd();
            new Checker(server.uri(), "crash").check("kill -9 of the only process, SQLite, three times", flood);
        }
    }

    @Test
    void nothingIsLostWhenAWorkerIsKilled() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess worker = role(redis, "worker");
                MillraceProcess other = role(redis, "worker");
                Flood flood = Flood.of("crash", TASKS, i -> busy(), api.uri())) {
            flood.awaitAcknowledged(TASKS / 3);
            worker.kill();
            flood.awaitAcknowledged(TASKS / 2);
            worker.restart();
            other.kill();
            flood.awaitEnd();
            Figures figures =
                    new Checker(api.uri(), "crash").check("kill -9 of two workers, one after the other, Redis", flood);
            assertThat(figures.runs())
                    .as("a worker was killed while it ran something")
                    .isGreaterThan(TASKS);
        }
    }

    @Test
    void nothingIsLostWhenTheApiProcessIsKilled() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess worker = role(redis, "worker");
                Flood flood = Flood.of("crash", TASKS, i -> ECHO, api.uri())) {
            flood.awaitAcknowledged(TASKS / 3);
            api.restart();
            flood.awaitAcknowledged(TASKS * 2 / 3);
            api.restart();
            flood.awaitEnd();
            new Checker(api.uri(), "crash").check("kill -9 of the API process, twice, Redis", flood);
            assertThat(worker.alive()).isTrue();
        }
    }

    @Test
    void nothingIsLostWhenRedisIsKilled() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess worker = role(redis, "worker");
                Flood flood = Flood.of("crash", TASKS, i -> ECHO, api.uri())) {
            flood.awaitAcknowledged(TASKS / 3);
            redis.restart();
            flood.awaitAcknowledged(TASKS * 2 / 3);
            redis.restart();
            flood.awaitEnd();
            new Checker(api.uri(), "crash").check("kill -9 of Redis (AOF everysec), twice", flood);
            assertThat(worker.alive()).isTrue();
        }
    }

    private MillraceProcess role(RedisServer redis, String roles) {
        return MillraceProcess.start(
                directory, "--redis", redis.uri(), "--roles", roles, "--config", Settings.fastLeases(directory));
    }

    /** Long enough that a worker always has something in its hands. */
    private static String busy() {
        return "\"type\": \"sleep\", \"payload\": {\"duration\": \"PT0.25S\"}, \"maxAttempts\": 3";
    }
}
