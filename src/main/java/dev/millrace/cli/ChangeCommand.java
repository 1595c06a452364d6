package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Does one thing to each of some tasks. */
abstract class ChangeCommand extends EachCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "The task's id; may be several.")
    List<String> ids;

    @Override
    void check() {
        ids.forEach(this::requireTask);
    }

    @Override
    final List<String> names() {
        return ids;
    }

    @Override
    final String path(String id) {
        return "/api/v1/tasks/" + id;
    }

    @Override
    final String sentence(String id, Answer answer) {
        if (gone(answer)) {
            return "Task " + id + " is deleted.";
        }
        JsonNode task = answer.json();
        return "Task %s in %s is %s."
                .formatted(
                        task.path("id").asText(),
                        task.path("queue").asText(),
                        task.path("state").asText());
    }
}
