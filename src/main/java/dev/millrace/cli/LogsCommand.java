package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.TaskState;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace logs}. */
@Command(
        name = "logs",
        header = "Follow what a task's handler writes to its log, or the log of a node.",
        description = {
            "Of a task the last 100 lines are kept; it is followed until it ends: exit code 0 when it succeeded, 1 when it "
                    + "ended otherwise. Of a node the last 500 lines are kept, on Redis for an hour after it has ended."
                    + " With --output json each line is an object "
                    + "of its own (NDJSON)."
        },
        footer = {
            "  millrace logs done-1",
            "  millrace logs order-1 --no-follow",
            "  millrace logs --node self --no-follow"
        })
final class LogsCommand extends ServerCommand {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The task's id.")
    String id;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "In place of a task: the log of a node, by its id (see millrace nodes), or of the server that "
                            + "is asked, by self.")
    String node;

    @Option(names = "--no-follow", description = "Print what is there, and end.")
    boolean once;

    private final LogTail tail = new LogTail();

    @Override
    void check() {
        require((id == null) != (node == null), "Name a task, or a server with --node");
        if (id != null) {
            requireTask(id);
        } else {
            require(!node.isBlank(), "--node is the id of a node, or self");
        }
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        return node == null ? followTask(client, terminal) : followNode(client, terminal);
    }

    private int followNode(ApiClient client, Terminal terminal) {
        long last = print(client, terminal, 0);
        while (!once && !Thread.currentThread().isInterrupted()) {
            Pause.of(BETWEEN);
            last = print(client, terminal, last);
        }
        return 0;
    }

    /** Answers the number of the last line. */
    private long print(ApiClient client, Terminal terminal, long after) {
        long last = after;
        JsonNode log = client.get(NodeChangeCommand.pathOf(node) + "/log?after=" + after)
                .json();
        for (JsonNode line : log.path("items")) {
            last = line.path("number").asLong();
            terminal.out()
                    .println(
                            server.asJson()
                                    ? line.toString()
                                    : "%s %-5s %s %s"
                                            .formatted(
                                                    line.path("at").asText(),
                                                    line.path("level").asText(),
                                                    line.path("logger").asText(),
                                                    Table.text(
                                                            line.path("message").asText())));
        }
        terminal.out().flush();
        return last;
    }

    private int followTask(ApiClient client, Terminal terminal) {
        TaskState state = look(client, terminal);
        while (!once && !state.terminal() && !Thread.currentThread().isInterrupted()) {
            Pause.of(BETWEEN);
            state = look(client, terminal);
        }
        if (once) {
            return 0;
        }
        terminal.err().println("Task " + id + " is " + state.wire() + ".");
        return state == TaskState.SUCCEEDED ? 0 : Commands.REFUSED;
    }

    private TaskState look(ApiClient client, Terminal terminal) {
        JsonNode task =
                client.get("/api/v1/tasks/" + id + "?fields=id,state,log").json();
        for (JsonNode line : tail.fresh(task.path("log"))) {
            terminal.out()
                    .println(
                            server.asJson()
                                    ? line.toString()
                                    : "%s %s %s"
                                            .formatted(
                                                    line.path("at").asText(),
                                                    line.path("attempt").asText(),
                                                    Table.text(line.path("line").asText())));
        }
        terminal.out().flush();
        TaskState state = TaskState.ofWire(task.path("state").asText());
        if (state == null) {
            throw new Refused("The task is in a state that this version does not know: " + task.path("state"));
        }
        return state;
    }
}
