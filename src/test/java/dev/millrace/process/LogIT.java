package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes to its log, and what it does not. */
@Tag("smoke")
class LogIT {
    private static final String SECRET = "s3cr3t-of-a-customer";

    /** Of a user of Redis. */
    private static final String PASSWORD = "s3cr3tOfRedis";

    private static final String KEY = "s3cr3tOfACustomersKey0123456789abcdefghijklm";

    @TempDir
    Path directory;

    @Test
    void runThatFailedIsOneLineThatSaysWhichAndNothingOfWhatItCarried() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            Http http = new Http(server.uri());
            fail(http, "dead-1", "false");
            fail(http, "again-1", "true");
            Until.holds("both lines", () -> lines(server, "task=").size() == 2);

            assertThat(lines(server, "task=dead-1"))
                    .singleElement()
                    .asString()
                    .matches(
                            "\\S+ WARN +task Dead: task=dead-1 queue=q type=fail attempt=1 generation=1 worker=\\S+ error=Failed");
            assertThat(lines(server, "task=again-1"))
                    .singleElement()
                    .asString()
                    .matches(
                            "\\S+ INFO +task Failed, to be tried again at \\S+: task=again-1 queue=q type=fail attempt=1"
                                    + " generation=1 worker=\\S+ error=Failed");
            assertThat(server.output()).doesNotContain(SECRET);
        }
    }

    @Test
    void outageIsSaidOnceWhenItBeginsAndOnceWhenItIsOver() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess server = MillraceProcess.start(
                        directory, "--redis", redis.uri(), "--log-json", "--config", Settings.impatient(directory))) {
            Http http = new Http(server.uri());
            fail(http, "dead-1", "false");
            Until.holds("the end", () -> !lines(server, "task=dead-1").isEmpty());
            // A worker that knows of no queue yet asks for nothing, and so misses nothing.
            Until.pause(2_500);
            redis.kill();
            awaitLine(server, "does not answer");
            Until.pause(3_000);
            redis.restart();
            awaitLine(server, "answers again, after PT");

            List<JsonNode> events = server.output().lines().map(LogIT::json).toList();
            assertOneLineDownAndOneUp(events);
            assertThat(events).allMatch(event -> event.has("timestamp") && event.has("level"));
            assertMembers(events);
            assertThat(server.output()).doesNotContain(SECRET);
        }
    }

    @Test
    void nothingThatIsNobodysBusinessIsInTheLogOfABusyServer() {
        String hash = HexFormat.of().formatHex(sha256(KEY));
        RedisServer redis = RedisServer.start(Kind.PLAIN);
        redis.command("ACL", "SETUSER", "guest", "on", ">" + PASSWORD, "~*", "&*", "+@all");
        Map<String, String> environment = Map.of(
                "MILLRACE_ACCESS_KEYS_OPS_HASH", hash,
                "MILLRACE_ACCESS_KEYS_OPS_ROLES", "admin",
                "MILLRACE_REDIS_URL", redis.uri().replace("//", "//guest:" + PASSWORD + "@"),
                "QUARKUS_LOG_CATEGORY__DEV_MILLRACE__LEVEL", "DEBUG",
                "QUARKUS_LOG_CATEGORY__MILLRACE__LEVEL", "DEBUG");
        try (redis;
                MillraceProcess server = MillraceProcess.start(directory, environment)) {
            Canary canary = new Canary(new Http(server.uri()), SECRET, "mrk_ops_" + KEY);
            canary.sing();

            Until.holds("the end of all", () -> canary.count("running") + canary.count("ready") == 0);
            assertThat(lines(server, "worker=canary-worker"))
                    .as("a failure that a worker elsewhere told of")
                    .singleElement()
                    .asString()
                    .contains("Dead: task=pulled", "attempt=1", "error=Rejected");
            assertThat(lines(server, "Succeeded: task=")).as("at DEBUG").isNotEmpty();
            redis.kill();
            awaitLine(server, "does not answer");
            server.stop();
            assertThat(server.output()
                            .lines()
                            .filter(line -> Stream.of(SECRET, KEY, hash, PASSWORD, Canary.SIGNING_SECRET)
                                    .anyMatch(line::contains)))
                    .isEmpty();
        }
    }

    /** Whoever calls the store: the process says so once. That Redis came back empty is another matter. */
    private static void assertOneLineDownAndOneUp(List<JsonNode> events) {
        List<String> said = events.stream()
                .map(event -> event.path("level").asText() + " "
                        + event.path("message").asText())
                .toList();
        List<String> outage = said
                .subList(
                        said.indexOf(said.stream()
                                .filter(line -> line.contains("does not answer"))
                                .findFirst()
                                .orElseThrow()),
                        said.size())
                .stream()
                .filter(line -> !line.contains("store-rollback"))
                .toList();
        assertThat(outage).hasSize(2);
        assertThat(outage.get(0)).startsWith("WARN The store does not answer");
        assertThat(outage.get(1)).startsWith("INFO The store answers again, after PT");
    }

    private static void assertMembers(List<JsonNode> events) {
        assertThat(events)
                .map(event -> event.path("mdc"))
                .filteredOn(members -> members.path("task").asText().equals("dead-1"))
                .singleElement()
                .satisfies(members -> assertThat(members.fieldNames())
                        .toIterable()
                        .contains("task", "queue", "type", "attempt", "generation", "worker", "error"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fail(Http http, String id, String retryable) {
        assertThat(http.post(
                                "/api/v1/queues/q/tasks",
                                "{\"id\": \"%s\", \"type\": \"fail\", \"payload\": {\"message\": \"%s\", \"retryable\": %s}}"
                                        .formatted(id, SECRET, retryable))
                        .ok())
                .isTrue();
    }

    private static void awaitLine(MillraceProcess server, String part) {
        try {
            Until.holds(part, () -> !lines(server, part).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + server.output(), e);
        }
    }

    private static List<String> lines(MillraceProcess server, String part) {
        return server.output().lines().filter(line -> line.contains(part)).toList();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
