package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.testing.FreePort;
import dev.millrace.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's backend of fifteen lines, as it is written, but for the ports; and with waiting between. The server's
 * environment names a proxy, which nobody is to use.
 */
@Tag("smoke")
class PushWalkIT {
    private static final Pattern PROGRAM = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final String WORDS = """
            stats() { curl -s http://127.0.0.1:8080/api/v1/destinations/orders/stats; }
            opened() { stats | sed -E 's/.*"opened":([0-9]+).*/\\1/'; }
            shop() { curl -s http://127.0.0.1:8080/api/v1/queues/shop; }
            tasks() { curl -s 'http://127.0.0.1:8080/api/v1/tasks?queue=shop&limit=500&fields=id,state,attempts,generation'; }
            """;
    private static final String SOME_DONE =
            "for i in $(seq 100); do shop | grep -qE '\"succeeded\":[1-9][0-9]' && break; sleep 0.05; done\n";
    /** Until nothing of what was sent before the backend went is under way any more, and until it was tried again. */
    private static final String AWAY = """
            for i in $(seq 100); do stats | grep -q '"breaker":"open"' && shop | grep -q '"running":0' && break; sleep 0.1; done
            tasks > away.json
            since=$(opened)
            for i in $(seq 100); do [ $(opened) -gt $((since + 1)) ] && break; sleep 0.1; done
            tasks > still-away.json
            """;

    private static final String ALL_DONE =
            "for i in $(seq 300); do shop | grep -q '\"succeeded\":500' && break; sleep 0.2; done\n";

    @TempDir
    Path directory;

    @Test
    void everyTaskEndsThoughTheBackendFailsAndIsStoppedAndStartedAgain() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisServer.Kind.PLAIN)) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> walk("redis", "--redis", redis.uri()));
            walk("sqlite");
            other.get(300, TimeUnit.SECONDS);
        }
    }

    private void walk(String store, String... arguments) {
        try {
            Path place = Files.createDirectory(directory.resolve(store));
            String readme = Files.readString(Path.of("README.md"));
            String program =
                    PROGRAM.matcher(readme).results().findFirst().orElseThrow().group(1);
            List<String> blocks = BLOCK.matcher(readme)
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .toList();
            assertThat(blocks).hasSize(4);
            assertThat(program.strip().lines()).hasSizeLessThanOrEqualTo(15);
            int port = FreePort.next();
            Files.writeString(place.resolve("backend.py"), program.replace("9000", "" + port));
            try (Proxy proxy = new Proxy();
                    MillraceProcess server = MillraceProcess.start(place, proxy.environment(), arguments)) {
                launcher(place);
                String script = "trap 'kill $!' EXIT\n" + WORDS + blocks.get(0) + SOME_DONE + blocks.get(1) + AWAY
                        + blocks.get(2) + ALL_DONE + blocks.get(3);
                String said = shell(
                        place, script.replace("8080", "" + server.port()).replace("9000", "" + port), server.port());
                assertThat(said).contains("500 tasks accepted in shop").containsPattern("\nshop +0 +0 +0 +500 ");
                assertThat(said).containsPattern("\"opened\":[1-9]").doesNotContain("whsec_");
                assertThat(proxy.asked()).isZero();
            }
            noAttemptIsUsedWhileItIsAway(place);
        } catch (Exception e) {
            throw new AssertionError(store, e);
        }
    }

    private static void noAttemptIsUsedWhileItIsAway(Path place) throws IOException {
        Map<String, JsonNode> before = waiting(place.resolve("away.json"));
        Map<String, JsonNode> after = waiting(place.resolve("still-away.json"));
        after.keySet().retainAll(before.keySet());
        assertThat(after).hasSizeGreaterThan(300);
        int tried = 0;
        for (Map.Entry<String, JsonNode> task : after.entrySet()) {
            JsonNode then = before.get(task.getKey());
            assertThat(task.getValue().path("attempts").asInt())
                    .as("%s, before %s", task.getValue(), then)
                    .isEqualTo(then.path("attempts").asInt());
            tried += task.getValue().path("generation").asInt()
                    - then.path("generation").asInt();
        }
        assertThat(tried).isPositive();
    }

    /** Those that do not run: an attempt that runs counts, and is given back when it did not reach the backend. */
    private static Map<String, JsonNode> waiting(Path page) throws IOException {
        Map<String, JsonNode> tasks = new HashMap<>();
        for (JsonNode task : new ObjectMapper().readTree(page.toFile()).path("items")) {
            if (!"running".equals(task.path("state").asText())) {
                tasks.put(task.path("id").asText(), task);
            }
        }
        return tasks;
    }

    private static String shell(Path place, String script, int port) throws Exception {
        Path out = place.resolve("shell.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("MILLRACE_SERVER", "http://127.0.0.1:" + port);
        Process shell = builder.start();
        boolean ended = shell.waitFor(180, TimeUnit.SECONDS);
        shell.destroy();
        assertThat(ended).as(Files.readString(out)).isTrue();
        return Files.readString(out);
    }

    private static void launcher(Path place) throws IOException {
        String text = "#!/usr/bin/env bash\nexec " + String.join(" ", MillraceProcess.program()) + " \"$@\"\n";
        Path launcher = Files.writeString(place.resolve("millrace"), text);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
