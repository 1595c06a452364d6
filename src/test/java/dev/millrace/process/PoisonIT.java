package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks that end the process that runs them: after three crashes each is dead, while the others go on. Leases that ended are
 * counted, not kills: on a busy machine one may run out by itself.
 */
@Tag("crash")
class PoisonIT {
    private static final int OTHERS = 500;
    private static final int SIGKILL = 137;

    @TempDir
    Path directory;

    @Test
    void taskThatEndsItsProcessIsBuriedAfterThreeCrashesOnRedis() throws Exception {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess api = node(redis, "front", "api,scheduler");
                MillraceProcess a = node(redis, "poisoned-a", "worker");
                MillraceProcess b = node(redis, "poisoned-b", "worker")) {
            check("Redis", api, Map.of("poisoned-a", a, "poisoned-b", b));
        }
    }

    @Test
    void taskThatEndsItsProcessIsBuriedAfterThreeCrashesOnSqlite() throws Exception {
        try (MillraceProcess all = MillraceProcess.start(directory, "--config", Settings.fastLeases(directory))) {
            check("SQLite", all, Map.of("", all));
        }
    }

    /**
     * @param workers by what the names of their workers contain
     */
    private void check(String store, MillraceProcess api, Map<String, MillraceProcess> workers) throws Exception {
        Http http = new Http(api.uri());
        submit(http, "poison", "sleep");
        try (Flood flood = Flood.of("mixed", OTHERS, i -> "\"type\": \"echo\"", api.uri())) {
            int killed = killWhateverRunsIt(http, workers);
            flood.awaitEnd();
            Until.holds("the others to end", () -> counts(http, "succeeded") == OTHERS);
            assertThat(killed).as("processes that it ended").isPositive();
        }
        submit(http, "suicide", "end-of-a-program");
        int ended = endFromWithin(api, http);
        System.out.printf(
                "figures: a task that ends its process, %s: crashes %d, and %d of one that ended programs from within (%d);"
                        + " %d other tasks succeeded, %d dead%n",
                store,
                crashes(http, "poison"),
                crashes(http, "suicide"),
                ended,
                counts(http, "succeeded"),
                counts(http, "dead"));
        assertThat(ended).as("programs that it ended").isPositive();
        assertThat(counts(http, "dead")).isEqualTo(2);
    }

    private static void submit(Http http, String id, String type) {
        assertThat(http.post(
                                "/api/v1/queues/mixed/tasks",
                                "{\"id\": \"%s\", \"type\": \"%s\", \"payload\": {\"duration\": \"PT60S\"}}"
                                        .formatted(id, type))
                        .ok())
                .isTrue();
    }

    /** As a handler that calls for the end of its process would; answers how many went. */
    private static int killWhateverRunsIt(Http http, Map<String, MillraceProcess> workers) {
        int[] killed = {0, 0};
        Until.holds("the poison to be dead", () -> {
            JsonNode task = http.read("/api/v1/tasks/poison");
            if (task.path("state").asText().equals("running")
                    && task.path("generation").asInt() > killed[1]) {
                killed[1] = task.path("generation").asInt();
                String worker = task.path("worker").asText();
                workers.forEach((name, process) -> {
                    if (worker.contains(name)) {
                        process.restart();
                        killed[0]++;
                    }
                });
            }
            return task.path("state").asText().equals("dead");
        });
        return killed[0];
    }

    /** Programs that lease the task over HTTP and kill themselves while they have it; answers how many. */
    private static int endFromWithin(MillraceProcess api, Http http) throws IOException, InterruptedException {
        String program = """
                curl -sf %s/api/v1/queues/mixed/leases -H 'Content-Type: application/json' \
                  -d '{"types": ["end-of-a-program"], "lease": "PT1S", "wait": "PT10S"}' | grep -q token && kill -9 $$""".formatted(api.uri());
        int ended = 0;
        while (!http.read("/api/v1/tasks/suicide").path("state").asText().equals("dead")) {
            Process one = new ProcessBuilder("sh", "-c", program).start();
            ended += one.waitFor() == SIGKILL ? 1 : 0;
            int generation = ended;
            Until.holds(
                    "the end of lease " + generation,
                    () -> !http.read("/api/v1/tasks/suicide")
                            .path("state")
                            .asText()
                            .equals("running"));
        }
        return ended;
    }

    private static int crashes(Http http, String id) {
        JsonNode task = http.read("/api/v1/tasks/" + id);
        assertThat(task.path("state").asText()).isEqualTo("dead");
        assertThat(task.path("history").findValuesAsText("cause")).endsWith("poison");
        assertThat(task.path("crashes").asInt()).isEqualTo(3);
        assertThat(task.path("attempts").asInt()).as("attempts used up").isLessThanOrEqualTo(3);
        return task.path("crashes").asInt();
    }

    private static int counts(Http http, String state) {
        return http.read("/api/v1/queues/mixed").path("counts").path(state).asInt();
    }

    private MillraceProcess node(RedisServer redis, String name, String roles) {
        return MillraceProcess.start(
                directory,
                Map.of("NODE_ID", name),
                "--redis",
                redis.uri(),
                "--roles",
                roles,
                "--config",
                Settings.fastLeases(directory));
    }
}
