package dev.millrace.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** Does one thing to each of some queues. */
abstract class QueueChangeCommand extends EachCommand {
    @Parameters(paramLabel = "QUEUE", arity = "1..*", description = "The queue; may be several.")
    List<String> queues;

    @Override
    void check() {
        queues.forEach(this::requireQueue);
    }

    @Override
    final List<String> names() {
        return queues;
    }

    @Override
    final String path(String queue) {
        return "/api/v1/queues/" + queue;
    }

    @Override
    final String sentence(String queue, Answer answer) {
        if (gone(answer)) {
            return "Queue " + queue + " is deleted.";
        }
        return "Queue " + queue + " is " + (answer.json().path("paused").asBoolean() ? "paused." : "open.");
    }
}
