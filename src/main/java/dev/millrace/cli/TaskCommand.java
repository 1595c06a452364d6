package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace task}. */
@Command(
        name = "task",
        header = "Show one task with its whole history.",
        footer = {"  millrace task order-42-receipt", "  millrace task order-42-receipt --output json | jq .result"})
final class TaskCommand extends ServerCommand {
    /** Shown apart, or not worth a line of their own. */
    private static final Set<String> ELSEWHERE = Set.of("id", "history", "log");

    @Parameters(paramLabel = "ID", description = "The task's id.")
    String id;

    @Override
    void check() {
        requireTask(id);
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        JsonNode task = client.get("/api/v1/tasks/" + id).json();
        if (server.asJson()) {
            terminal.out().println(Json.pretty(task));
        } else {
            print(task, terminal);
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
