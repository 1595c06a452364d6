package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace queue}. */
@Command(
        name = "queue",
        header = "Show one queue with its settings, or change these.",
        footer = {"  millrace queue mail", "  millrace queue mail --concurrency 5"})
final class QueueCommand extends ServerCommand {
    private static final String NONE = "none";

    @Parameters(paramLabel = "QUEUE", description = "The queue.")
    String queue;

    @Option(
            names = "--concurrency",
            paramLabel = "N|none",
            description = "Let so many of its tasks run at once, over all workers; none for no limit.")
    String concurrency;

    @Override
    void check() {
        requireQueue(queue);
        require(
                concurrency == null || concurrency.equals(NONE) || concurrency.matches("[1-9][0-9]{0,6}"),
                "--concurrency is 1 to 1000000, or none.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        String path = "/api/v1/queues/" + queue;
        JsonNode found = concurrency == null
                ? client.get(path).json()
                : client.patch(path, patch().getBytes(StandardCharsets.UTF_8)).json();
        if (server.asJson()) {
            terminal.out().println(Json.pretty(found));
        } else {
            print(found, terminal);
        }
        return 0;
    }

    private String patch() {
        return "{\"concurrency\":" + (concurrency.equals(NONE) ? "null" : concurrency) + "}";
    }

    private static void print(JsonNode queue, Terminal terminal) {
        JsonNode config = queue.path("config");
        terminal.out()
                .println(terminal.bold(queue.path("name").asText())
                        + (queue.path("paused").asBoolean() ? " " + terminal.state("paused") : ""));
        members(queue.path("counts"), terminal);
        line("oldest ready", Ages.words(queue.path("oldestReadyAge").asText("")), terminal);
        terminal.out().println();
        line("concurrency", config.path("concurrency").asText("no limit"), terminal);
        line("maxDepth", config.path("maxDepth").asText("no limit"), terminal);
        line("maxBytes", config.path("maxBytes").asText("no limit"), terminal);
        members(config.path("defaults"), terminal);
        members(config.path("retention"), terminal);
    }

    private static void members(JsonNode object, Terminal terminal) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            line(member.getKey(), value.isValueNode() ? value.asText() : value.toString(), terminal);
        }
    }

    private static void line(String name, String value, Terminal terminal) {
        if (!value.isEmpty()) {
            terminal.out().printf("  %-13s %s%n", name, Table.text(value));
        }
    }
}
