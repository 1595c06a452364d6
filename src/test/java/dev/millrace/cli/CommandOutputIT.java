package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.process.MillraceProcess;
import dev.millrace.process.Until;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands print of a real server where no terminal is. The examples of their help are run as processes elsewhere. */
class CommandOutputIT {
    @TempDir
    static Path directory;

    private static MillraceProcess server;

    @BeforeAll
    static void start() {
        server = MillraceProcess.start(directory);
        push("out", "{\"id\": \"ok-1\", \"type\": \"echo\", \"payload\": {\"n\": 1}}");
        push("out", "{\"id\": \"bad-1\", \"type\": \"fail\", \"payload\": {\"retryable\": false}}");
        push("out", "{\"id\": \"late-1\", \"type\": \"echo\", \"delay\": \"PT1H\"}");
        push("out", """
                {"id": "wait-1", "type": "nobody", "tags": ["billing"], "labels": {"tenant": "acme"},
                 "payload": {"to": "Ada"}}""");
        Until.holds(
                "ok-1 and bad-1 end",
                () -> state("ok-1").equals("succeeded") && state("bad-1").equals("dead"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actions retry --queue out --dry-run",
                "config",
                "dead-letters",
                "destinations",
                "doctor",
                "health",
                "nodes",
                "queue out",
                "queues",
                "status",
                "task bad-1",
                "tasks"
            })
    void withJsonOneDocumentIsPrintedAndNothingElse(String command) {
        CommandRun run = run(command + " --output json");
        String[] documents = command.equals("tasks") ? run.out().split("\n") : new String[] {run.out()};
        assertThat(documents)
                .allSatisfy(each -> assertThat(json(each).isObject()).isTrue());
        assertThat(run.err()).isEmpty();
        assertThat(run(command).out())
                .as("is for people")
                .isNotEqualTo(run.out())
                .doesNotContain("\u001b");
    }

    @Test
    void healthShowsThePartsAndWhatIsDurable() {
        CommandRun run = run("health");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith(server.uri() + " is up\n\nCOMPONENT ")
                .containsPattern("(?m)^store +up .*sqlite answers$")
                .contains("Durability: SQLite synchronous=FULL");
        assertThat(run("health --probe ready").out()).isEqualTo("ready: up\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --queue out                                   | wait-1 late-1 bad-1 ok-1
                    --queue out --limit 2                         | wait-1 late-1
                    --queue out --limit 2 --all                   | wait-1 late-1 bad-1 ok-1
                    --queue out --state dead                      | bad-1
                    --queue out --state scheduled                 | late-1
                    --queue out --type nobody                     | wait-1
                    --tag billing                                 | wait-1
                    --label tenant=acme                           | wait-1
                    --queue out --label tenant=other              | ''
                    --queue out --text aDA                        | wait-1
                    --queue out --created-after 2020-01-01T00:00:00Z --type echo | late-1 ok-1
                    --queue out --created-before 2020-01-01T00:00:00+01:00 | ''
                    --queue out --group GROUP                     | bad-1
                    """)
    void tasksAreThoseThatTheFiltersLeave(String filters, String ids) {
        CommandRun run = run("tasks " + filters.replace("GROUP", group()));
        assertThat(run.code()).as(run.err()).isZero();
        if (ids.isEmpty()) {
            assertThat(run.out()).isEqualTo("No task is like that.\n");
            return;
        }
        assertThat(run.out().lines().map(line -> line.split(" ")[0]))
                .as(run.out())
                .first()
                .isEqualTo("ID");
        assertThat(run.out().lines().skip(1).map(line -> line.split(" ")[0])).containsExactlyInAnyOrder(ids.split(" "));
        assertThat(run.err().contains("There are more"))
                .isEqualTo(filters.contains("--limit") && !filters.contains("--all"));
    }

    @Test
    void tasksAsJsonAreALineEachWithTheFieldsThatWereAskedFor() {
        assertThat(run("tasks --queue out --type nobody --fields id,tags --output json")
                        .out())
                .isEqualTo("{\"id\":\"wait-1\",\"tags\":[\"billing\"]}\n");
    }

    @Test
    void runNowMakesAScheduledTaskReady() {
        push("now", "{\"id\": \"now-1\", \"type\": \"nobody\", \"delay\": \"PT1H\"}");
        CommandRun run = run("run-now now-1 nowhere-1");
        assertThat(run.out()).isEqualTo("Task now-1 in now is ready.\n");
        assertThat(run.err()).startsWith("millrace: ").contains("nowhere-1", "TASK_NOT_FOUND");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run("run-now now-1").err()).contains("ILLEGAL_TRANSITION");
    }

    @Test
    void pausedQueueSaysSoUntilItGoesOn() {
        push("halt", "{\"type\": \"nobody\"}");
        assertThat(run("pause halt").out()).isEqualTo("Queue halt is paused.\n");
        assertThat(run("queues").out()).containsPattern("(?m)^halt .* paused$");
        assertThat(run("queue halt").out()).startsWith("halt paused\n");
        assertThat(json(run("resume halt --output json").out()).path("paused").asBoolean())
                .isFalse();
        assertThat(run("queues").out()).doesNotContainPattern("(?m)^halt .* paused$");
    }

    @Test
    void purgeCountsFirstAsksAndTellsWhatItDid() {
        push("full", "{\"type\": \"nobody\"}");
        push("full", "{\"type\": \"nobody\", \"delay\": \"PT1H\"}");
        assertThat(run("purge full --waiting --dry-run").out())
                .isEqualTo("Queue full: 1 scheduled (to be cancelled), 1 ready (to be cancelled).\n");
        CommandRun unasked = run("purge full --waiting");
        assertThat(unasked.code()).isEqualTo(2);
        assertThat(unasked.err()).contains("say --yes");
        assertThat(run("purge full --waiting --yes").out()).endsWith(" 2 done.\n");
        JsonNode ended = json(run("purge full --ended --yes --output json").out());
        assertThat(ended.path("matched").toString()).isEqualTo("{\"cancelled\":2}");
        assertThat(ended.path("done").asInt()).isEqualTo(2);
        assertThat(run("purge full --ended --yes").out()).isEqualTo("Queue full has no such tasks.\n");
    }

    @Test
    void actionsAreCountedThenDone() {
        push("act", "{\"id\": \"act-1\", \"type\": \"nobody\"}");
        assertThat(run("actions cancel --queue act --dry-run").out()).isEqualTo("cancel: 1 tasks match, 0 done\n");
        assertThat(run("actions cancel --queue act").out()).isEqualTo("cancel: 1 tasks match, 1 done\n");
        assertThat(run("actions cancel --queue act").out()).isEqualTo("cancel: 0 tasks match, 0 done\n");
        assertThat(state("act-1")).isEqualTo("cancelled");
    }

    @Test
    void logOfATaskIsFollowedToItsEnd() {
        push("told", "{\"id\": \"told-1\", \"type\": \"nobody\"}");
        try (ApiClient worker = new ApiClient(server.uri(), null)) {
            String token = worker.post("/api/v1/queues/told/leases", bytes("{\"max\": 1, \"lease\": \"PT5M\"}"))
                    .json()
                    .at("/leases/0/token")
                    .asText();
            String lease = "/api/v1/leases/" + token;
            worker.post(lease + "/progress", bytes("{\"log\": [\"half way\"]}")).json();
            assertThat(run("logs told-1 --no-follow").out()).matches("2\\S+Z 1 half way\n");
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Thread following =
                    Thread.ofVirtual().start(() -> following(out, err).execute(arguments("logs told-1")));
            Until.holds("what is there", () -> out.toString().contains("half way"));
            worker.post(lease + "/progress", bytes("{\"log\": [\"nearly\"]}")).json();
            worker.post(lease + "/complete", bytes("{}")).json();
            Until.holds("its end", () -> !following.isAlive());
            assertThat(out.toString().lines().map(line -> line.replaceFirst("^\\S+ ", "")))
                    .containsExactly("1 half way", "1 nearly");
            assertThat(err).hasToString("Task told-1 is succeeded.\n");
        }
        assertThat(run("logs bad-1").code()).as("of one that is dead").isEqualTo(1);
    }

    @Test
    void logOfANodeIsFollowedAsItIsWritten() {
        StringWriter out = new StringWriter();
        Thread following = Thread.ofVirtual().start(() -> following(out, out).execute(arguments("logs --node self")));
        Until.holds("the start", () -> out.toString().contains(" INFO  RoleStarter Roles: "));
        push("news", "{\"id\": \"news-1\", \"type\": \"fail\", \"payload\": {\"retryable\": false}}");
        Until.holds("what came after", () -> out.toString().contains("task=news-1"));
        following.interrupt();
        assertThat(json(run("logs --node self --no-follow --output json")
                                .out()
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .has("message"))
                .isTrue();
    }

    @Test
    void nodesAreListedAndSteered() {
        CommandRun run = run("nodes");
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).startsWith("NODE ").contains(" active ", "api,");
        String node = run.out().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(run("nodes quiet " + node).out()).startsWith("Node " + node + " is ");
        assertThat(run("nodes resume " + node).out()).startsWith("Node " + node + " is ");
        assertThat(run("nodes quiet gone-1").code()).isEqualTo(1);
    }

    @Test
    void doctorEndsWithOneWhenSomethingIsToBeDone() {
        CommandRun people = run("doctor");
        assertThat(people.out()).contains("note     keys-none: ");
        assertThat(people.out().endsWith("Nothing is wrong.\n")).isEqualTo(people.code() == 0);
        CommandRun program = run("doctor --output json");
        assertThat(program.code()).isEqualTo(json(program.out()).path("well").asBoolean() ? 0 : 1);
    }

    @Test
    void topPrintsOneFrame() {
        CommandRun run = run("top --count 1");
        assertThat(run.out())
                .startsWith(server.uri().toString())
                .containsPattern("(?m)^out +1 +1 +0 +1 ")
                .contains("NODE ")
                .doesNotContain("\u001b");
        assertThat(run("top --count 1 --output json").out().lines())
                .singleElement()
                .satisfies(line -> assertThat(json(line).path("queues").size()).isPositive());
    }

    @Test
    void exportIsALineForEachTaskTheOldestFirst() {
        CommandRun run = run("export --queue out --redact to");
        assertThat(run.out().lines().map(line -> json(line).path("id").asText()))
                .containsExactly("ok-1", "bad-1", "late-1", "wait-1");
        assertThat(run.out()).contains("[redacted]").doesNotContain("Ada");
        assertThat(run.err()).isEqualTo("millrace: 4 tasks exported\n");
    }

    private static String group() {
        return json(run("dead-letters --queue out --output json").out())
                .at("/items/0/group")
                .asText();
    }

    private static String state(String id) {
        return json(run("task " + id + " --output json").out()).path("state").asText();
    }

    private static void push(String queue, String task) {
        CommandRun run =
                CommandRun.of("push", queue, task, "--server", server.uri().toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static CommandRun run(String command) {
        return CommandRun.of(arguments(command));
    }

    private static String[] arguments(String command) {
        return (command + " --server " + server.uri()).split(" ");
    }

    private static CommandLine following(StringWriter out, StringWriter err) {
        return Commands.all(options -> {}, Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return Json.parse(bytes(text), text);
    }
}
