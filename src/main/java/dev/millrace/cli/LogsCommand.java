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
        header = "Follow what a task's handler writes to its log, until the task ends.",
        description = {
            "The server keeps the last 100 lines. Exit code 0 when the task succeeded, 1 when it ended otherwise. With "
                    + "--output json each line is an object of its own (NDJSON)."
        },
        footer = {"  millrace logs done-1", "  millrace logs order-1 --no-follow"})
final class LogsCommand extends ServerCommand {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @Parameters(paramLabel = "ID", description = "The task's id.")
    String id;

    @Option(names = "--no-follow", description = "Print what is there, and end.")
    boolean once;

    private final LogTail tail = new LogTail();

    @Override
    void check() {
        requireTask(id);
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
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
