package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workers and the submitter of docs/examples, as somebody would run them. */
@Tag("smoke")
class WorkerExamplesIT {
    private static final Path EXAMPLES = Path.of("docs/examples/workers").toAbsolutePath();

    @TempDir
    static Path directory;

    private static MillraceProcess server;

    @BeforeAll
    static void start() {
        server = MillraceProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"python3, worker.py, ValueError", "node, worker.mjs, TypeError"})
    void workerRunsExtendsFailsAndStops(String language, String program, String error) throws Exception {
        String queue = language;
        Process worker = run(language, program, queue, "greet");
        try (BufferedReader said = worker.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            String quick = submit(queue, "{\"type\": \"greet\", \"payload\": {\"name\": \"Ada\"}}", queue + "-1");
            assertThat(submit(queue, "{\"type\": \"greet\", \"payload\": {\"name\": \"Ada\"}}", queue + "-1"))
                    .as("a repeat")
                    .isEqualTo(quick);
            String bad = submit(queue, "{\"type\": \"greet\", \"payload\": {}}", queue + "-2");
            String slow = submit(
                    queue, "{\"type\": \"greet\", \"payload\": {\"name\": \"Bob\", \"seconds\": 4}}", queue + "-3");

            assertThat(ended(quick).at("/result/greeting").asText()).isEqualTo("Hello Ada");
            assertThat(ended(bad).path("state").asText()).isEqualTo("dead");
            assertThat(ended(bad).at("/error/type").asText()).isEqualTo(error);
            Until.holds(
                    "the slow one's start",
                    () -> task(slow).path("state").asText().equals("running"));
            worker.destroy();
            assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(task(slow).path("state").asText())
                    .as("ended before its worker")
                    .isEqualTo("succeeded");
            assertThat(task(slow).path("generation").asInt())
                    .as("one lease of a second, extended")
                    .isEqualTo(1);
        } finally {
            worker.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"python3, worker.py, 401", "node, worker.mjs, 503"})
    void workerThatIsRefusedAsksEverMoreSeldom(String language, String program, int status) throws Exception {
        List<Long> asked = new CopyOnWriteArrayList<>();
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            asked.add(System.nanoTime());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        refusing.start();
        URI there = URI.create("http://127.0.0.1:" + refusing.getAddress().getPort());
        Process worker = run(there, language, program, "any", "greet");
        try {
            Until.holds("three requests", () -> asked.size() >= 3);
            assertThat(Duration.ofNanos(asked.get(1) - asked.get(0))).isGreaterThan(Duration.ofMillis(950));
            assertThat(Duration.ofNanos(asked.get(2) - asked.get(1))).isGreaterThan(Duration.ofMillis(1950));
            worker.destroy();
            assertThat(worker.waitFor(10, TimeUnit.SECONDS))
                    .as("stops while it is refused")
                    .isTrue();
        } finally {
            worker.destroyForcibly();
            refusing.stop(0);
        }
    }

    private static JsonNode ended(String id) {
        Until.holds("the end of " + id, () -> task(id).has("finishedAt"));
        return task(id);
    }

    private static JsonNode task(String id) {
        return new Http(server.uri()).read("/api/v1/tasks/" + id);
    }

    private static String submit(String queue, String task, String key) throws Exception {
        Process submitter = run("sh", "submit.sh", queue, task, key);
        String answer = new String(submitter.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(submitter.waitFor()).as(answer).isZero();
        return new ObjectMapper().readTree(answer).path("id").asText();
    }

    private static Process run(String language, String program, String... arguments) throws IOException {
        return run(server.uri(), language, program, arguments);
    }

    private static Process run(URI uri, String language, String program, String... arguments) throws IOException {
        List<String> line = new java.util.ArrayList<>(
                List.of(language, EXAMPLES.resolve(program).toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectError(directory.resolve("examples.txt").toFile());
        builder.environment().put("MILLRACE_SERVER", uri.toString());
        builder.environment().put("LEASE", "1");
        return builder.start();
    }
}
