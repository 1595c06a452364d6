package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {
    /** Nobody listens on the port for discarding. */
    private static final String NOBODY = "http://127.0.0.1:9";

    @Test
    void nodesOfAnyIdAreAskedForTheirLog() {
        try (AnsweringServer server = new AnsweringServer(request -> AnsweringServer.Reply.json("{\"items\":[]}"))) {
            CommandRun run = CommandRun.of("logs", "--node", "büro 1/a?b", "--no-follow", "--server", server.uri());

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(server.requests().getFirst().path())
                    .isEqualTo("/api/v1/clustering/nodes/b%C3%BCro%201%2Fa%3Fb/log?after=0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "push mail {\"type\":\"echo\"}",
                "status",
                "health",
                "queues",
                "destinations",
                "destinations show hooks",
                "destinations put hooks {}",
                "destinations delete hooks",
                "destinations add hooks http://127.0.0.1:9/ --weight 3",
                "destinations drain hooks http://127.0.0.1:9/",
                "destinations resume hooks http://127.0.0.1:9/",
                "destinations remove hooks http://127.0.0.1:9/",
                "nodes",
                "backup",
                "top --count 1",
                "export",
                "config",
                "doctor",
                "task T1",
                "tasks --state dead",
                "logs T1",
                "logs --node self",
                "cancel T1",
                "retry T1 --payload {}",
                "run-now T1",
                "delete T1",
                "pause mail",
                "resume mail",
                "purge mail --ended --yes",
                "actions retry --queue mail"
            })
    void serverThatCannotBeReachedIsCodeThreeAndSaysWhatToDo(String command) {
        CommandRun run = CommandRun.of((command + " --server " + NOBODY).split(" "));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(NOBODY).contains("millrace start").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "start --port x",
                "start --color",
                "task",
                "task a/b",
                "queues --output xml",
                "tasks --state asleep",
                "tasks --queue A",
                "tasks --limit 0",
                "tasks --fields id",
                "cancel",
                "cancel a a/b",
                "retry T1 --payload {",
                "logs",
                "logs T1 --node self",
                "pause Mail",
                "purge mail",
                "purge mail --ended --waiting",
                "purge mail --state running",
                "actions fly --queue mail",
                "actions retry",
                "actions retry --all --queue mail",
                "completion fish",
                "top --interval 0",
                "top --interval 2h",
                "export --redact a..b",
                "destinations add hooks",
                "destinations add hooks http://127.0.0.1:9/ --weight 0",
                "queue mail --max-depth 0",
                "queue mail --rate 5/minute",
                "queue mail --max-bytes 1GB",
                "import tasks.ndjson"
            })
    void wrongUsageIsCodeTwoAndPointsToTheHelp(String command) {
        CommandRun run = CommandRun.of(command.isEmpty() ? new String[0] : command.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("millrace: ").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tasks --created-after yesterday         | like 2026-11-21T01:02:03Z
                    tasks --created-before 2026-11-21       | like 2026-11-21T01:02:03Z
                    export --created-after 12:00            | like 2026-11-21T01:02:03Z
                    purge q --ended --created-after 5       | like 2026-11-21T01:02:03Z
                    actions retry --created-before x        | like 2026-11-21T01:02:03Z
                    push q --patience soon {}               | durations are like 30s, 2m, 1h or PT30S
                    push q --patience -1s {}                | durations are like 30s, 2m, 1h or PT30S
                    push q --patience 99999999999999d {}    | durations are like 30s, 2m, 1h or PT30S
                    top --interval often                    | 1s to 1h
                    queue q --default timeout=soon          | durations are like 30s, 2m, 1h or PT30S
                    queue q --retention dead.age=old        | durations are like 30s, 2m, 1h or PT30S
                    queue q --retention dead.count=many     | dead.count is a whole number, or none
                    queue q --default priority=high         | priority is a whole number, or none
                    queue q --rate 5/week                   | durations are like 30s, 2m, 1h or PT30S
                    tasks --limit many                      | 1 or more
                    tasks --limit 99999999999               | 1 or more
                    top --count some                        | so many looks
                    start --port http                       | 0 to 65535
                    start --exit-when-idle --max-tasks some | 1 or more
                    """)
    void valueThatCannotBeIsCodeTwoAndSaysWhatIsAllowed(String command, String allowed) {
        CommandRun run = CommandRun.of(command.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("millrace: ").contains(allowed).doesNotContain("Exception", "${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30s", "2m", "PT30S", "pt30s", "90", "250ms", "0", "1d", "1h", "1h30m", "1.5s", "2M"})
    void durationsOfOptionsAreWrittenAsThoseOfSettings(String option) {
        assertThat(OptionForms.duration(option)).isEqualTo(DurationConverter.parseDuration(option));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasExamples(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Examples:").containsPattern("  .*millrace " + command);
    }

    /** The launcher's own are left out. */
    static List<String> commands() {
        return all().getSubcommands().keySet().stream()
                .filter(name -> !Set.of("test", "build").contains(name))
                .toList();
    }

    private static CommandLine all() {
        return Commands.all(options -> {}, Map.of());
    }

    /** What picocli looks at by reflection, which a native executable has of registered classes alone. */
    @Test
    void everyPartOfEveryCommandIsRegistered() {
        Set<Class<?>> parts = new HashSet<>();
        parts(all().getCommandSpec(), parts);
        assertThat(parts).hasSizeGreaterThan(20);
        assertThat(Commands.class.getAnnotation(RegisterForReflection.class).targets())
                .containsAll(parts);
    }

    private static void parts(CommandSpec command, Set<Class<?>> parts) {
        for (Class<?> type = command.userObject().getClass();
                type.getName().startsWith("dev.millrace.");
                type = type.getSuperclass()) {
            parts.add(type);
        }
        command.args().forEach(arg -> {
            parts.add(arg.type());
            if (arg.completionCandidates() != null) {
                parts.add(arg.completionCandidates().getClass());
            }
            if (arg.userObject() instanceof Field field) {
                parts.add(field.getDeclaringClass());
            }
        });
        parts.removeIf(type -> !type.getName().startsWith("dev.millrace."));
        command.mixins().values().forEach(mixin -> parts(mixin, parts));
        command.subcommands().values().forEach(each -> parts(each.getCommandSpec(), parts));
    }

    @Test
    void refusalIsCodeOneWithTheServersWordsAndAdvice() {
        try (AnsweringServer server =
                new AnsweringServer(request -> Reply.problem(401, "UNAUTHENTICATED", "A credential is needed."))) {
            CommandRun run = CommandRun.of("queues", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("A credential is needed. (401 UNAUTHENTICATED)")
                    .contains("MILLRACE_KEY");
        }
    }

    @Test
    void programThatIsNoMillraceIsToldApart() {
        try (AnsweringServer server = new AnsweringServer(request -> new Reply(404, "text/html", "<p>Hello"))) {
            CommandRun run = CommandRun.of("queues", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("answered 404. Is it a Millrace server?");
        }
    }

    @Test
    void everyPageOfQueuesIsShown() {
        try (AnsweringServer server = new AnsweringServer(request ->
                Reply.json(request.path().contains("cursor=c-1") ? page("b", "null") : page("a", "\"c-1\"")))) {
            CommandRun run = CommandRun.of("queues", "--server", server.uri());
            assertThat(run.out().lines().map(line -> line.split(" ")[0])).containsExactly("QUEUE", "a", "b");
        }
    }

    @Test
    void whatATaskSaysCannotSteerTheTerminal() {
        try (AnsweringServer server = new AnsweringServer(request ->
                Reply.json("{\"id\":\"T1\",\"state\":\"dead\",\"history\":[{\"message\":\"a\\u001b[2Jb\\nc\"}]}"))) {
            CommandRun run = CommandRun.of("task", "T1", "--server", server.uri());
            assertThat(run.out()).contains("a [2Jb c").doesNotContain("\u001b");
        }
    }

    @Test
    void colourNeedsATerminalAndNoObjection() {
        System.setProperty(Terminal.STREAMS, "out,err");
        try {
            assertThat(terminal(Map.of("TERM", "xterm")).colour()).isTrue();
            assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1")).colour())
                    .isFalse();
            assertThat(terminal(Map.of("TERM", "dumb")).colour()).isFalse();
            System.setProperty(Terminal.STREAMS, "err");
            assertThat(terminal(Map.of("TERM", "xterm")).colour()).isFalse();
            assertThat(terminal(Map.of("TERM", "xterm")).live()).isTrue();
        } finally {
            System.clearProperty(Terminal.STREAMS);
        }
    }

    private static Terminal terminal(Map<String, String> environment) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Terminal.of(nowhere, nowhere, environment);
    }

    private static String page(String queue, String next) {
        return "{\"items\":[{\"name\":\"%s\",\"counts\":{\"ready\":3}}],\"next\":%s}".formatted(queue, next);
    }
}
