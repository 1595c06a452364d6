package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end, as they do in deployments and because of what they run. */
@Tag("crash")
class RestartIT {
    private static final int TASKS = 3_000;
    /** Of so many tasks one takes longer than a node waits for it when it is stopped. */
    private static final int LONG = 20;

    @TempDir
    Path directory;

    @Test
    void rollingRestartOfThreeNodesUnderLoadUsesUpNoAttempt() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess a = node(redis, "a", "api,worker,scheduler");
                MillraceProcess b = node(redis, "b", "api,worker,scheduler");
                MillraceProcess c = node(redis, "c", "api,worker,scheduler");
                Flood flood = Flood.of("rolling", TASKS, RestartIT::sleeping, a.uri(), b.uri(), c.uri())) {
            int step = 1;
            for (MillraceProcess node : List.of(a, b, c)) {
                flood.awaitAcknowledged(TASKS * step++ / 5);
                assertThat(node.stop()).isIn(0, 143);
                node.restart();
            }
            flood.awaitEnd();
            new Checker(a.uri(), "rolling").check("rolling restart of three nodes", flood);
            assertWhatWasHandedBackUsedNoAttempt(new Http(b.uri()));
        }
    }

    private static void assertWhatWasHandedBackUsedNoAttempt(Http http) {
        int[] again = {0, 0};
        int[] handedBack = {0};
        each(http, "/api/v1/tasks?queue=rolling&limit=500", task -> {
            assertThat(task.path("state").asText()).isEqualTo("succeeded");
            again[0] += task.path("attempts").asInt() > 1 ? 1 : 0;
            again[1] += task.path("crashes").asInt() > 0 ? 1 : 0;
            handedBack[0] += task.path("generation").asInt() > 1 ? 1 : 0;
        });
        System.out.printf(
                "figures: rolling restart of three nodes: %d tasks handed back while they ran, %d tasks with more than one"
                        + " attempt, %d with a crash%n",
                handedBack[0], again[0], again[1]);
        assertThat(handedBack[0]).as("else nothing was tested").isPositive();
        assertThat(again).containsOnly(0);
    }

    private static void each(Http http, String path, java.util.function.Consumer<JsonNode> visitor) {
        String cursor = "";
        while (cursor != null) {
            JsonNode page = http.read(path + cursor);
            page.path("items").forEach(visitor);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : null;
        }
    }

    private MillraceProcess node(RedisServer redis, String name, String roles) {
        return MillraceProcess.start(
                directory,
                Map.of("NODE_ID", name, "MILLRACE_DRAIN", "PT0.5S"),
                "--redis",
                redis.uri(),
                "--roles",
                roles,
                "--config",
                Settings.fastLeases(directory));
    }

    private static String sleeping(int task) {
        return "\"type\": \"sleep\", \"payload\": {\"duration\": \"" + (task % LONG == 0 ? "PT4S" : "PT0.05S") + "\"}";
    }
}
