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

/** A scheduler that runs workers as processes. */
@Tag("smoke")
class PoolIT {
    private static final Map<String, String> SETTINGS = Map.of(
            "MILLRACE_POOLS_ALL_PROCESSES",
            "true",
            "MILLRACE_POOLS_ALL_MAX_WORKERS",
            "2",
            "MILLRACE_POOLS_ALL_COOLDOWN",
            "PT1S",
            "MILLRACE_REDIS_PREFIX",
            "pool");

    @TempDir
    Path directory;

    @Test
    void workersComeWithTheWorkAndGoWithIt() {
        String redis = RedisServer.shared(Kind.PLAIN).uri();
        try (MillraceProcess front =
                MillraceProcess.start(directory, SETTINGS, "--redis", redis, "--roles", "api,scheduler")) {
            Http http = new Http(front.uri());
            String task = "{\"type\":\"sleep\",\"payload\":{\"duration\":\"PT0.2S\"}}";
            http.post("/api/v1/queues/pooled/tasks/bulk", "[" + (task + ",").repeat(39) + task + "]");
            Until.holds("two workers", () -> children(front).size() == 2);
            Until.holds("all to be done", () -> count(http, "succeeded") == 40);
            Until.holds("nobody to be there", () -> children(front).isEmpty());

            http.post("/api/v1/queues/pooled/tasks", "{\"type\":\"sleep\",\"payload\":{\"duration\":\"PT60S\"}}");
            Until.holds("a worker at work", () -> count(http, "running") == 1);
            ProcessHandle worker = children(front).getFirst();
            front.kill();
            Until.holds("the worker to follow", () -> !worker.isAlive());
        }
    }

    @Test
    void workersInProcessesOfTheirOwnAreRefusedOnSqlite() {
        MillraceProcess.Ran ran = MillraceProcess.run(directory, SETTINGS, "start", "--port", "0");
        assertThat(ran.code()).isNotZero();
        assertThat(ran.out() + ran.err()).contains("one process has to itself").doesNotContain("\tat ");
    }

    private static List<ProcessHandle> children(MillraceProcess front) {
        return ProcessHandle.of(front.pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static long count(Http http, String state) {
        JsonNode counts = http.read("/api/v1/queues/pooled").path("counts");
        return counts.path(state).asLong();
    }
}
