package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Does one thing to each of some tasks. One that is refused does not hold up the others. */
abstract class ChangeCommand extends ServerCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "The task's id; may be several.")
    List<String> ids;

    @Override
    void check() {
        ids.forEach(this::requireTask);
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        int code = 0;
        for (String id : ids) {
            Answer answer = change(client, "/api/v1/tasks/" + id);
            if (answer.ok()) {
                print(id, answer, terminal);
            } else {
                Commands.say(Refused.by(answer).getMessage(), terminal.err());
                code = Commands.REFUSED;
            }
            terminal.out().flush();
        }
        return code;
    }

    /**
     * @param path of the task
     */
    abstract Answer change(ApiClient client, String path);

    private void print(String id, Answer answer, Terminal terminal) {
        boolean gone = answer.body().length == 0;
        if (server.asJson()) {
            terminal.out()
                    .println(
                            gone
                                    ? "{\"id\":\"" + id + "\",\"deleted\":true}"
                                    : new String(Raw.oneLine(answer.body()), StandardCharsets.UTF_8));
        } else {
            JsonNode task = gone ? null : answer.json();
            terminal.out()
                    .println(
                            gone
                                    ? "Task " + id + " is deleted."
                                    : "Task %s in %s is %s."
                                            .formatted(
                                                    task.path("id").asText(),
                                                    task.path("queue").asText(),
                                                    task.path("state").asText()));
        }
    }
}
