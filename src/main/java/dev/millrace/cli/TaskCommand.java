package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace task}. */
@Command(
        name = "task",
        mixinStandardHelpOptions = true,
        header = "Show one task with its whole history.",
        footerHeading = "%nExamples:%n",
        footer = {"  millrace task order-42-receipt", "  millrace task order-42-receipt --output json | jq .result"})
final class TaskCommand implements Callable<Integer> {
    /** Shown apart, or not worth a line of their own. */
    private static final Set<String> ELSEWHERE = Set.of("id", "history", "log");

    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "ID", description = "The task's id.")
    String id;

    @Mixin
    ServerOptions server;

    @Override
    public Integer call() {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new ParameterException(
                    command.commandLine(), "'" + id + "' is no task id: those are 1 to 64 of A-Z a-z 0-9 _ -");
        }
        try (ApiClient client = server.connect()) {
            JsonNode task = client.get("/api/v1/tasks/" + id).json();
            Terminal terminal = Terminal.of(command.commandLine());
            if (server.asJson()) {
                terminal.out().println(Json.pretty(task));
            } else {
                print(task, terminal);
            }
        }
        return 0;
    }

    private static void print(JsonNode task, Terminal terminal) {
        PrintWriter out = terminal.out();
        out.println(terminal.bold(task.path("id").asText()));
        for (Map.Entry<String, JsonNode> member : task.properties()) {
            if (!ELSEWHERE.contains(member.getKey())) {
                out.printf("  %-15s %s%n", member.getKey(), terminal.state(text(member.getValue())));
            }
        }
        out.println();
        Table history = new Table("AT", "STATE", "CAUSE", "ATTEMPT", "WORKER", "MESSAGE");
        for (JsonNode event : task.path("history")) {
            history.row(
                    event.path("at").asText(),
                    event.path("state").asText(),
                    event.path("cause").asText(),
                    event.path("attempt").asText(""),
                    event.path("worker").asText(""),
                    event.path("message").asText(""));
        }
        history.print(terminal);
    }

    private static String text(JsonNode value) {
        return Table.text(value.isValueNode() ? value.asText() : value.toString());
    }
}
