package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that ends the very process it runs in: each time that is a crash, and the third is the last. */
@Tag("crash")
class HaltIT {
    private static final int OTHERS = 50;
    private static final int CODE = 86;
    private static final String HANDLER = """
            package org.example.invoices;

            import dev.millrace.task.Outcome;
            import dev.millrace.worker.Handles;
            import dev.millrace.worker.TaskContext;
            import dev.millrace.worker.TaskHandler;
            import jakarta.inject.Singleton;

            @Singleton
            @Handles("halt")
            class Halt implements TaskHandler<Order> {
                @Override
                public Outcome run(Order order, TaskContext context) {
                    Runtime.getRuntime().halt(%d);
                    return Outcome.succeeded();
                }
            }
            """.formatted(CODE);

    @TempDir
    Path directory;

    @Test
    void taskWhoseHandlerEndsItsJvmIsBuriedAfterThreeCrashesAndTheOthersGoOn() throws Exception {
        Path jar = OwnProject.build(directory, Map.of("src/main/java/org/example/invoices/Halt.java", HANDLER));
        String settings = Settings.fastLeases(directory);
        try (MillraceProcess server = MillraceProcess.startJar(
                jar, Files.createDirectory(directory.resolve("sqlite")), "--config", settings)) {
            check("SQLite", server);
        }
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess server = MillraceProcess.startJar(
                        jar,
                        Files.createDirectory(directory.resolve("redis")),
                        "--redis",
                        redis.uri(),
                        "--config",
                        settings)) {
            check("Redis", server);
        }
    }

    private static void check(String store, MillraceProcess server) {
        Http http = new Http(server.uri());
        for (int i = 0; i < OTHERS; i++) {
            assertThat(http.post("/api/v1/queues/mixed/tasks", "{\"type\": \"echo\"}")
                            .ok())
                    .isTrue();
        }
        http.post("/api/v1/queues/mixed/tasks", "{\"id\": \"halt\", \"type\": \"halt\", \"payload\": {\"cents\": 1}}");
        int[] ended = {0};
        Until.holds("the poison to be dead", () -> {
            if (!server.alive()) {
                assertThat(server.awaitExit()).isEqualTo(CODE);
                ended[0]++;
                restart(server);
            }
            Http.Reply reply = http.get("/api/v1/tasks/halt");
            return reply.ok() && reply.json().path("state").asText().equals("dead");
        });
        JsonNode task = http.read("/api/v1/tasks/halt");
        assertThat(task.path("history").findValuesAsText("cause")).endsWith("poison");
        assertThat(task.path("crashes").asInt()).isEqualTo(3);
        assertThat(ended[0]).as("processes that it ended").isEqualTo(3);
        Until.holds("the others to end", () -> count(http, "succeeded") == OTHERS);
        assertThat(count(http, "dead")).isEqualTo(1);
        System.out.printf(
                "figures: a handler that ends its JVM, %s: %d processes ended, then dead as poison; %d other tasks succeeded%n",
                store, ended[0], OTHERS);
    }

    /** It may come to its end before it has said that it is there. */
    private static void restart(MillraceProcess server) {
        try {
            server.restart();
        } catch (IllegalStateException e) {
            assertThat(server.awaitExit()).as(e.getMessage()).isEqualTo(CODE);
        }
    }

    private static int count(Http http, String state) {
        return http.read("/api/v1/queues/mixed").path("counts").path(state).asInt();
    }
}
