package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.process.MillraceProcess.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a shell runs them, against a server. */
@Tag("smoke")
class CommandIT {
    @TempDir
    static Path directory;

    private static String settings;
    private static MillraceProcess server;

    @BeforeAll
    static void start() {
        settings = Settings.file(directory, "millrace:\n  metrics:\n    queues: 50\n");
        server = MillraceProcess.start(
                directory, Map.of("HEARTBEAT_INTERVAL", "4", "MILLRACE_WORKER_BATCH", "200"), "--config", settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void taskThatWasPushedIsShownWithItsHistory() {
        Ran pushed = run("push", "one", "{\"id\": \"one-1\", \"type\": \"echo\", \"payload\": {\"n\": 1e400}}");
        assertThat(pushed.out()).startsWith("Task one-1 in one is ");
        Until.holds("its end", () -> run("task", "one-1").out().contains("completed"));
        assertThat(run("task", "one-1").out())
                .contains("succeeded", "submitted", "leased", "completed")
                .doesNotContain("\u001b");
        assertThat(json(run("task", "one-1", "--output", "json")).path("state").asText())
                .isEqualTo("succeeded");
    }

    @Test
    void tenThousandTasksArriveOnceThroughAPipe() {
        String input = numbers(10_000);
        Ran pushed = MillraceProcess.run(
                directory, environment(), input, List.of("push", "many", "--type", "echo", "--output", "json", "-"));
        assertThat(pushed.err()).isEmpty();
        assertThat(json(pushed).path("accepted").asInt()).isEqualTo(10_000);
        Until.holds("10,000 successes", () -> queue("many").path("succeeded").asInt() == 10_000);
    }

    @Test
    void pushGoesOnWhenTheServerIsKilledInTheMiddle() throws IOException {
        Path own = Files.createDirectory(directory.resolve("own"));
        try (MillraceProcess killed = MillraceProcess.start(own)) {
            Path file = Files.writeString(own.resolve("tasks.ndjson"), numbers(200_000));
            CompletableFuture<Ran> push = CompletableFuture.supplyAsync(() -> MillraceProcess.run(
                    own,
                    Map.of("MILLRACE_SERVER", killed.uri().toString()),
                    "push",
                    "many",
                    "--type",
                    "nobody",
                    "@" + file));
            Http http = new Http(killed.uri());
            Until.holds("the first tasks", () -> http.get("/api/v1/queues/many").ok());
            killed.restart();
            assertThat(push.join().code()).as(push.join().err()).isZero();
            assertThat(http.read("/api/v1/queues/many")
                            .path("counts")
                            .path("ready")
                            .asInt())
                    .isEqualTo(200_000);
        }
    }

    @Test
    void badLinesAreNamedAndTheRestIsAccepted() {
        Ran pushed = MillraceProcess.run(
                directory,
                environment(),
                "{\"type\": \"echo\"}\n{\"typ\": 1}\n{\"type\": \"\"}\n",
                List.of("push", "bad", "-"));
        assertThat(pushed.code()).isEqualTo(1);
        assertThat(pushed.err()).contains("line 2: ").contains("line 3: ").contains("INVALID_REQUEST");
        assertThat(pushed.out()).startsWith("1 tasks accepted");
    }

    @Test
    void statusShowsPartsNodesAndWhatWaits() {
        run("push", "waits", "{\"type\": \"nobody\"}");
        Ran status = run("status");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(status.out()).contains("store", "up", "NODE", "waits", "api,", "scheduler,worker");
        JsonNode json = json(run("status", "--output", "json"));
        assertThat(json.path("nodes").size()).isEqualTo(1);
        assertThat(json.path("scaling").path("queues").size()).isPositive();
    }

    @Test
    void queuesShowsCounts() {
        run("push", "counted", "{\"type\": \"nobody\"}");
        assertThat(run("queues").out().lines().filter(line -> line.startsWith("counted ")))
                .singleElement()
                .asString()
                .matches("counted +1 +0 +0 .*");
    }

    @Test
    void configSaysOfEachSettingWhoSetIt() {
        assertThat(origins("config", "--changed"))
                .isEqualTo(Map.of(
                        "millrace.heartbeat", "environment variable HEARTBEAT_INTERVAL",
                        "millrace.metrics.queues", "file " + settings,
                        "millrace.worker.batch", "environment variable MILLRACE_WORKER_BATCH",
                        "quarkus.config.locations", "command line --config",
                        "quarkus.http.port", "command line --port"));
        Map<String, String> all = origins("config");
        assertThat(all)
                .hasSizeGreaterThan(30)
                .containsEntry("quarkus.http.host", "default")
                .containsEntry("millrace.drain", "default");
        assertThat(all.values().stream().filter(origin -> !origin.equals("default")))
                .hasSize(5);
    }

    /** By setting. */
    private static Map<String, String> origins(String... arguments) {
        return run(arguments)
                .out()
                .lines()
                .skip(1)
                .map(line -> line.split(" {2,}"))
                .collect(Collectors.toMap(columns -> columns[0], columns -> columns[2]));
    }

    @Test
    void taskThatIsNotThereIsRefused() {
        Ran ran = run("task", "none");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("TASK_NOT_FOUND");
    }

    @Test
    void serverThatIsAwayIsCodeThree() {
        assertThat(run("status", "--server", "http://127.0.0.1:9").code()).isEqualTo(3);
    }

    @Test
    void versionIsThatOfTheServer() {
        String version = run("--version").out().strip();
        assertThat(version).matches("millrace \\d+\\.\\d+\\.\\d+.*");
        assertThat(json(run("status", "--output", "json"))
                        .path("nodes")
                        .path(0)
                        .path("version")
                        .asText())
                .isEqualTo(version.substring("millrace ".length()));
    }

    @Test
    void benchMeasuresStartsAndMemory() {
        JsonNode figures = json(run("bench", "--start", "--runs", "1", "--output", "json"));
        assertThat(figures.findValue("p50").asDouble()).isPositive();
        assertThat(figures.path("residentBytes").path("idle").asLong()).isPositive();
    }

    @Test
    void benchAsksForEveryPage() {
        JsonNode figures = json(run("bench", "--pages", "3000", "--runs", "1", "--output", "json"));
        assertThat(figures.path("tasks").asInt()).isEqualTo(3000);
        assertThat(figures.path("pages").size()).isGreaterThan(20);
        figures.path("pages")
                .forEach(page -> assertThat(page.path("p95").asDouble()).isPositive());
    }

    @Test
    void shellCompletesCommandsAndOptions() throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("completion.sh"), run("completion", "bash").out());
        assertThat(shell("source " + script + "; COMP_WORDS=(millrace pu); COMP_CWORD=1; _complete_millrace;"
                        + " echo ${COMPREPLY[@]}"))
                .contains("push", "purge");
        assertThat(shell("source " + script + "; COMP_WORDS=(millrace tasks --sta); COMP_CWORD=2; _complete_millrace;"
                        + " echo ${COMPREPLY[@]}"))
                .contains("--state");
    }

    @Test
    void zshCompletesThemAsSomebodyTypes() throws IOException, InterruptedException {
        Path completion = Files.writeString(
                directory.resolve("millrace.zsh"), run("completion", "zsh").out());
        Path script = Files.writeString(directory.resolve("typing.zsh"), """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell 'PS1=; source %s; print -r -- so""urced'
                zpty -r shell said '*sourced*'
                for typed in 'millrace pu' 'millrace tasks --sta'; do
                    zpty -w -n shell $typed$'\\t\\t'
                    zpty -r shell said '*(push|--state)*' && print -r -- $said
                    zpty -w -n shell $'\\x15'
                done
                zpty -d shell
                """.formatted(completion));
        assertThat(shell("timeout 60 zsh -f " + script)).contains("purge", "push", "--state");
    }

    @Test
    void topDrawsOnATerminalUntilQIsPressedAndLeavesItAsItWas() throws IOException, InterruptedException {
        String top = String.join(" ", MillraceProcess.program()) + " top --interval 1 --server " + server.uri();
        String seen = shell("(sleep 4; printf q) | timeout 60 script -qec 'stty rows 20 cols 70; " + top + "; stty -a' "
                + directory.resolve("typescript"));
        assertThat(seen).contains("\u001b[?1049h", "QUEUE", "q quits", "\u001b[?1049l");
        assertThat(seen.substring(seen.indexOf("\u001b[?1049l")))
                .contains(" icanon")
                .contains(" echo ");
    }

    @Test
    void coloursAreForTerminalsOfPeopleWhoWantThem() throws IOException, InterruptedException {
        String health = String.join(" ", MillraceProcess.program()) + " health --server " + server.uri();
        String inColour = "TERM=xterm script -qec '" + health + "' " + directory.resolve("colours");
        assertThat(shell(inColour)).contains("\u001b[");
        assertThat(shell("NO_COLOR=1 " + inColour)).contains("COMPONENT").doesNotContain("\u001b[");
        assertThat(shell("TERM=xterm " + health)).contains("COMPONENT").doesNotContain("\u001b[");
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }

    private static Ran run(String... arguments) {
        return MillraceProcess.run(directory, environment(), arguments);
    }

    private static Map<String, String> environment() {
        return Map.of("MILLRACE_SERVER", server.uri().toString());
    }

    private static JsonNode queue(String name) {
        return new Http(server.uri()).read("/api/v1/queues/" + name).path("counts");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    }

    private static JsonNode json(Ran ran) {
        try {
            return new ObjectMapper().readTree(ran.out());
        } catch (IOException e) {
            throw new AssertionError(ran.toString(), e);
        }
    }
}
