package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Does one thing to each of some queues. */
abstract class QueueChangeCommand extends ServerCommand {
    @Parameters(paramLabel = "QUEUE", arity = "1..*", description = "The queue; may be several.")
    List<String> queues;

    @Override
    void check() {
        queues.forEach(this::requireQueue);
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        int code = 0;
        for (String name : queues) {
            Answer answer = change(client, "/api/v1/queues/" + name);
            if (answer.ok()) {
                JsonNode queue = answer.json();
                boolean paused = queue.path("paused").asBoolean();
                terminal.out()
                        .println(
                                server.asJson()
                                        ? queue.toString()
                                        : "Queue " + name + " is " + (paused ? "paused." : "open."));
            } else {
                Commands.say(Refused.by(answer).getMessage(), terminal.err());
                code = Commands.REFUSED;
            }
            terminal.out().flush();
        }
        return code;
    }

    /**
     * @param path of the queue
     */
    abstract Answer change(ApiClient client, String path);
}
