package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    /** Nobody listens on the port for discarding. */
    private static final String NOBODY = "http://127.0.0.1:9";

    @ParameterizedTest
    @ValueSource(strings = {"push mail {\"type\":\"echo\"}", "status", "queues", "task T1"})
    void serverThatCannotBeReachedIsCodeThreeAndSaysWhatToDo(String command) {
        CommandRun run = CommandRun.of((command + " --server " + NOBODY).split(" "));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(NOBODY).contains("millrace start").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "start --port x", "start --color", "task", "task a/b", "queues --output xml"})
    void wrongUsageIsCodeTwoAndPointsToTheHelp(String command) {
        CommandRun run = CommandRun.of(command.isEmpty() ? new String[0] : command.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("millrace: ").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "push", "status", "queues", "task"})
    void helpHasExamples(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Examples:", "  millrace " + command);
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
