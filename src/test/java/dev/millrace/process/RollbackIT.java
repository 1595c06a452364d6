package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis loses what was in it while clients go on: it is told, and nobody is answered 500. */
@Tag("crash")
class RollbackIT {
    private static final int TASKS = 4_000;

    @TempDir
    Path directory;

    @Test
    void redisThatComesBackEmptyIsToldAndServingGoesOn() {
        tellsAndGoesOn("FLUSHALL under load", Kind.VOLATILE, redis -> redis.command("FLUSHALL"), "emptied");
    }

    @Test
    void redisThatComesBackOlderIsToldAndServingGoesOn() {
        tellsAndGoesOn(
                "restart from an append-only file two marks older, under load",
                Kind.PLAIN,
                redis -> {
                    Path present = redis.directory().resolve("appendonlydir");
                    Path aside = redis.directory().resolve("aside");
                    copy(present, aside);
                    Until.pause(4_500);
                    redis.kill();
                    copy(aside, present);
                    redis.restart();
                },
                "older");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellsAndGoesOn(String what, Kind kind, Consumer<RedisServer> fault, String word) {
        try (RedisServer redis = RedisServer.start(kind);
                MillraceProcess api = role(redis, "api,scheduler");
                MillraceProcess worker = role(redis, "api,worker");
                Flood flood = Flood.of("rolled", TASKS, i -> "\"type\": \"echo\"", api.uri(), worker.uri())) {
            Http http = new Http(api.uri());
            configure(http);
            flood.awaitAcknowledged(TASKS / 4);

            fault.accept(redis);
            long start = System.nanoTime();
            Until.holds("both nodes to tell", () -> told(api, word) && told(worker, word));
            long noticed = System.nanoTime() - start;
            assertThat(Duration.ofNanos(noticed)).isLessThan(Duration.ofSeconds(5));
            flood.awaitEnd();
            Until.holds("settings to be there again", () -> maxDepth(http) == 1_000_000);
            new Checker(api.uri(), "rolled").awaitDrained();

            assertSaidOnce(api);
            assertSaidOnce(worker);
            assertServes(http);
            System.out.printf(
                    "figures: %s: told by both nodes %d ms after it was back; %d of %d submitted tasks acknowledged,"
                            + " answers %s%n",
                    what, noticed / 1_000_000, flood.acknowledged().size(), TASKS, flood.answers());
            assertThat(flood.answers().keySet()).isSubsetOf(200, 201, 503);
        }
    }

    private static void configure(Http http) {
        http.post("/api/v1/queues/rolled/tasks", "{\"type\": \"echo\"}");
        assertThat(http.patch("/api/v1/queues/rolled", "{\"maxDepth\": 1000000}")
                        .status())
                .isEqualTo(200);
        http.read("/api/v1/queues/rolled");
    }

    private static long maxDepth(Http http) {
        return http.read("/api/v1/queues/rolled")
                .path("config")
                .path("maxDepth")
                .asLong();
    }

    private static boolean told(MillraceProcess node, String word) {
        Http.Reply health = new Http(node.uri()).get("/api/v1/health");
        for (JsonNode finding : health.ok() ? health.json().path("findings") : List.<JsonNode>of()) {
            if (finding.path("code").asText().equals("store-rollback")) {
                assertThat(finding.path("sentence").asText()
                                + finding.path("detail").asText())
                        .contains(word);
                return true;
            }
        }
        return false;
    }

    private static void assertSaidOnce(MillraceProcess node) {
        assertThat(node.output().lines().filter(line -> line.contains("store-rollback")))
                .as("the log of " + node.port())
                .hasSize(1);
        assertThat(node.output()).doesNotContain(" ERROR ");
        assertThat(new Http(node.uri()).get("/q/metrics").body()).contains("millrace_store_rollbacks_total 1.0");
    }

    /** Over the whole way, with nodes that each know another half of the past. */
    private static void assertServes(Http http) {
        for (String queue : List.of("rolled", "fresh")) {
            Http.Reply reply = http.post(
                    "/api/v1/queues/" + queue + "/tasks",
                    "{\"type\": \"echo\", \"payload\": [1], \"delay\": \"PT0.1S\"}",
                    "Prefer",
                    "wait=10");
            assertThat(reply.json().path("state").asText()).as(reply.toString()).isEqualTo("succeeded");
        }
        assertThat(http.get("/api/v1/doctor").body()).contains("store-rollback");
        assertThat(http.get("/api/v1/queues").status()).isEqualTo(200);
    }

    private MillraceProcess role(RedisServer redis, String roles) {
        return MillraceProcess.start(
                directory, "--redis", redis.uri(), "--roles", roles, "--config", Settings.fastLeases(directory));
    }
}
