package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.process.MillraceProcess.Ran;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store without room: nothing new is taken, what runs ends, what is there can be deleted, and it goes on by itself. */
@Tag("crash")
class FullStoreIT {
    private static final int HELD = 50;

    @TempDir
    Path directory;

    @Test
    void diskThatOthersFillToTheLastByte() throws Exception {
        Path data = Files.createDirectory(directory.resolve("small"));
        command("mount", "-t", "tmpfs", "-o", "size=160m", "millrace-test", data.toString());
        try (MillraceProcess server = MillraceProcess.start(directory, "--data", data.toString())) {
            Http http = new Http(server.uri());
            prepare(http);
            Repeated repeated = Repeated.begin(http);
            List<String> tokens = lease(http);
            Path filler = fill(data.resolve("filler"));
            assertThat(Files.getFileStore(data).getUsableSpace()).isLessThan(64 << 10);

            long refused = assertRefusesAndLetsEnd(http, tokens, "disk");
            repeated.assertKnownToAFullStore(http);
            assertRefusesAnImport(server);
            Files.delete(filler);
            assertTakesAgain(http, "disk full to the last byte (tmpfs of 160 MiB)", refused);
            assertTakesTheImport(server, http);
        } finally {
            command("umount", "-l", data.toString());
        }
    }

    @Test
    void redisAtItsMaxmemory() {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN, "--maxmemory", "24mb");
                MillraceProcess server = MillraceProcess.start(directory, "--redis", redis.uri())) {
            Http http = new Http(server.uri());
            prepare(http);
            Repeated repeated = Repeated.begin(http);
            List<String> tokens = lease(http);
            String large = "{\"type\": \"foreign\", \"payload\": \"" + "x".repeat(100_000) + "\"}";
            int status = 201;
            for (int i = 0; i < 1_000 && status == 201; i++) {
                status = http.post("/api/v1/queues/large/tasks", large).status();
            }
            assertThat(status).isEqualTo(507);

            long refused = assertRefusesAndLetsEnd(http, tokens, "maxmemory");
            assertRefusesAnImport(server);
            assertThat(http.read("/api/v1/clustering/nodes").path("items")).hasSize(1);
            assertKnowsRepeatsAfterARestart(redis, server, repeated);
            assertThat(http.delete("/api/v1/queues/large?force=true").ok()).isTrue();
            assertTakesAgain(http, "Redis at a maxmemory of 24 MiB", refused);
            assertTakesTheImport(server, http);
        }
    }

    /** While nothing fits in, however small, and on a node that has heard of no queue yet. */
    private static void assertKnowsRepeatsAfterARestart(RedisServer redis, MillraceProcess server, Repeated repeated) {
        redis.command("CONFIG", "SET", "maxmemory", "1mb");
        repeated.assertKnownToAFullStore(new Http(server.uri()));
        server.restart();
        repeated.assertKnownToAFullStore(new Http(server.uri()));
        redis.command("CONFIG", "SET", "maxmemory", "24mb");
    }

    /** Tasks that run, tasks that a client holds, and tasks that ended. */
    private static void prepare(Http http) {
        for (int i = 0; i < HELD; i++) {
            http.post("/api/v1/queues/held/tasks", "{\"type\": \"foreign\"}");
            http.post("/api/v1/queues/ended/tasks", "{\"type\": \"echo\", \"id\": \"ended-" + i + "\"}");
        }
        for (int i = 0; i < 5; i++) {
            http.post("/api/v1/queues/running/tasks", "{\"type\": \"sleep\", \"payload\": {\"duration\": \"PT12S\"}}");
        }
        Until.holds("the ended", () -> count(http, "ended", "succeeded") == HELD);
        Until.holds("the running", () -> count(http, "running", "running") == 5);
        // Room is looked at each second.
        Until.pause(1_200);
        assertThat(http.post("/api/v1/queues/other/tasks", "{\"type\": \"foreign\"}")
                        .status())
                .isEqualTo(201);
    }

    private static List<String> lease(Http http) {
        JsonNode leases = http.post("/api/v1/queues/held/leases", "{\"max\": " + HELD + ", \"lease\": \"PT2M\"}")
                .json()
                .path("leases");
        List<String> tokens = new ArrayList<>();
        leases.forEach(lease -> tokens.add(lease.path("token").asText()));
        assertThat(tokens).hasSize(HELD);
        return tokens;
    }

    /** Answers how many submissions were refused meanwhile. */
    private static long assertRefusesAndLetsEnd(Http http, List<String> tokens, String what) {
        long[] refused = {0};
        String payload = "\"" + "x".repeat(20_000) + "\"";
        Until.holds("a refusal", () -> {
            Http.Reply reply =
                    http.post("/api/v1/queues/more/tasks", "{\"type\": \"foreign\", \"payload\": " + payload + "}");
            assertThat(reply.status()).as(reply.toString()).isIn(201, 507);
            refused[0] += reply.status() == 507 ? 1 : 0;
            return refused[0] >= 20;
        });
        for (String token : tokens) {
            Http.Reply reply =
                    http.post("/api/v1/leases/" + token + "/complete", "{\"result\": {\"of\": \"" + what + "\"}}");
            assertThat(reply.status()).as("complete: " + reply).isEqualTo(200);
        }
        for (int i = 0; i < HELD; i++) {
            assertThat(http.delete("/api/v1/tasks/ended-" + i).status())
                    .as("delete")
                    .isEqualTo(204);
        }
        Until.holds("the running to end", () -> count(http, "running", "succeeded") == 5);
        assertThat(count(http, "held", "succeeded")).isEqualTo(HELD);
        return refused[0];
    }

    private static void assertTakesAgain(Http http, String what, long refused) {
        long start = System.nanoTime();
        Until.holds(
                "room again",
                () -> http.post("/api/v1/queues/more/tasks", "{\"type\": \"echo\"}")
                                .status()
                        == 201);
        System.out.printf(
                "figures: %s: %d submissions refused with 507, %d leases completed, 5 running tasks ended, %d tasks deleted;"
                        + " tasks are taken again %d ms after there is room%n",
                what, refused, HELD, HELD, (System.nanoTime() - start) / 1_000_000);
    }

    private void assertRefusesAnImport(MillraceProcess server) {
        Ran refused = importInto(server, "--patience", "0");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("STORE_FULL", "Make room in the store", "The import can be repeated.");
    }

    private void assertTakesTheImport(MillraceProcess server, Http http) {
        Ran taken = importInto(server);
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.out()).startsWith(HELD + " tasks created, 0 were there already");
        assertThat(count(http, "imported", "ready")).isEqualTo(HELD);
    }

    private Ran importInto(MillraceProcess server, String... options) {
        String line =
                "{\"id\": \"imported-%d\", \"queue\": \"imported\", \"type\": \"foreign\", \"payload\": \"%s\"}\n";
        String lines = IntStream.range(0, HELD)
                .mapToObj(i -> line.formatted(i, "x".repeat(20_000)))
                .collect(Collectors.joining());
        Map<String, String> environment = Map.of("MILLRACE_SERVER", server.uri().toString());
        List<String> command = new ArrayList<>(List.of("import"));
        command.addAll(List.of(options));
        return MillraceProcess.run(directory, environment, lines, command);
    }

    private static long count(Http http, String queue, String state) {
        return http.read("/api/v1/queues/" + queue).path("counts").path(state).asLong();
    }

    private static Path fill(Path file) throws IOException {
        byte[] piece = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            return file;
        }
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as("This test needs to be root, for %s: %s", String.join(" ", words), said)
                .isZero();
    }
}
