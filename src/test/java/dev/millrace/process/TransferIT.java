package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.process.MillraceProcess.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks go from one installation to another without losing anything. */
@Tag("smoke")
class TransferIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is the new installation's own. */
    private static final Set<String> NEW = Set.of("createdAt", "generation", "attempts", "crashes");

    private static final String EVERYTHING = """
            {"id": "all", "type": "nobody", "priority": 8, "delay": "PT2H", "ttl": "PT5H", "timeout": "PT1M",\
             "payload": {"n": [1e400, -0.0, 1.10, 9007199254740993], "text": "a\\nb \\u00e9 ü 日本",\
             "user": {"email": "ada@example.org"}},\
             "maxAttempts": 7, "backoff": {"kind": "fixed", "base": "PT3S", "jitter": "full"},\
             "unique": {"key": "k 1", "ttl": "PT3H", "mode": "reject"}, "tags": ["a", "b"], "labels": {"x": "y"},\
             "retention": "P3D"}""";

    @TempDir
    Path directory;

    @Test
    void whatWaitsComesBackAsItWas() throws IOException {
        Path there = Files.createDirectory(directory.resolve("there"));
        try (MillraceProcess from = MillraceProcess.start(directory, "--data", "from");
                MillraceProcess to = MillraceProcess.start(there, "--data", "to")) {
            Http http = new Http(from.uri());
            http.post("/api/v1/queues/one/tasks", EVERYTHING.replace("\"text\":", "\n\t\"text\":"));
            http.post("/api/v1/queues/one/tasks", "{\"id\": \"done\", \"type\": \"echo\", \"payload\": {\"to\": 1}}");
            for (int i : IntStream.range(0, 250).toArray()) {
                http.post("/api/v1/queues/two/tasks", "{\"id\": \"t-%d\", \"type\": \"nobody\"}".formatted(i));
            }
            Until.holds(
                    "its end",
                    () -> http.read("/api/v1/tasks/done").path("state").asText().equals("succeeded"));

            Ran exported = run(from, "", "export");
            Ran imported = run(to, exported.out(), "import", "--output", "json");
            assertCounts(imported, 251, 0, 1, 0);
            String again = run(to, "", "export").out();
            assertThat(waiting(again)).hasSize(251).isEqualTo(waiting(exported.out()));
            assertThat(payload(again)).contains("-0.0").isEqualTo(payload(exported.out()));

            assertCounts(run(to, exported.out(), "import", "--output", "json"), 0, 251, 1, 0);
            assertCounts(run(from, exported.out(), "import", "--output", "json", "--ended"), 0, 252, 0, 0);
        }
    }

    @Test
    void redactedMembersAreNowhereInAnExport() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            Http http = new Http(server.uri());
            http.post(
                    "/api/v1/queues/q/tasks",
                    EVERYTHING.replace("nobody", "echo").replace("\"delay\": \"PT2H\",", ""));
            Until.holds(
                    "its end",
                    () -> http.read("/api/v1/tasks/all").path("state").asText().equals("succeeded"));

            String line = run(server, "", "export", "--redact", "user.email,n").out();

            assertThat(line).doesNotContain("ada@example.org", "1e400").contains("\"a\\nb é ü 日本\"");
            assertThat(line.split("\\Q[redacted]\\E", -1))
                    .as("payload and result")
                    .hasSize(5);
        }
    }

    @Test
    void linesThatWereNotExportedAreRejectedAlone() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            Ran ran = run(server, """
                    {"id": "a", "queue": "q", "type": "nobody"}
                    nonsense
                    {"type": "nobody"}

                    {"id": "b", "queue": "q", "type": "nobody", "priority": 77}
                    {"id": "c", "queue": "r", "type": "nobody"}
                    """, "import", "--output", "json");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("line 2: ", "line 3: ", "line 5: ").doesNotContain("line 1", "line 6");
            assertThat(ran.out()).contains("\"created\" : 2").contains("\"rejected\" : 3");
        }
    }

    private static void assertCounts(Ran ran, int created, int known, int skipped, int rejected) throws IOException {
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode counts = JSON.readTree(ran.out());
        assertThat(List.of("created", "known", "skipped", "rejected"))
                .extracting(name -> counts.path(name).asInt())
                .containsExactly(created, known, skipped, rejected);
    }

    /** What was submitted of the tasks that wait, in their order. */
    private static List<JsonNode> waiting(String export) {
        return export.lines()
                .filter(line -> !line.contains("\"succeeded\""))
                .map(line -> (JsonNode) read(line).remove(NEW))
                .peek(task -> {
                    // When it became ready is each installation's own; when it is due is not.
                    if (task.path("state").asText().equals("ready")) {
                        ((ObjectNode) task).remove("runAt");
                    }
                })
                .toList();
    }

    /** To the letter. */
    private static String payload(String export) {
        return export.replaceFirst("(?s).*\"payload\":(\\{\"n\".*?),\"tags\".*", "$1");
    }

    private static ObjectNode read(String line) {
        try {
            return (ObjectNode) JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** In a locale that knows nothing but ASCII, since JSON is UTF-8 all the same. */
    private Ran run(MillraceProcess server, String input, String... arguments) {
        return MillraceProcess.run(
                directory,
                Map.of("MILLRACE_SERVER", server.uri().toString(), "LC_ALL", "C"),
                input,
                List.of(arguments));
    }
}
