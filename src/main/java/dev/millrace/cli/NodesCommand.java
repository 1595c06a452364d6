package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code millrace nodes}. */
@Command(
        name = "nodes",
        header = "Show the processes that were heard of lately.",
        footer = {"  millrace nodes", "  millrace nodes --output json | jq '.items[].version'"})
final class NodesCommand extends ServerCommand {
    @Override
    int run(ApiClient client, Terminal terminal) {
        JsonNode nodes = get(client);
        if (server.asJson()) {
            terminal.out().println(Json.pretty(Json.MAPPER.createObjectNode().set("items", nodes.path("items"))));
        } else {
            table(nodes).print(terminal);
        }
        return 0;
    }

    static JsonNode get(ApiClient client) {
        return client.get("/api/v1/clustering/nodes").json();
    }

    static Table table(JsonNode nodes) {
        Table table =
                new Table("NODE", "ROLES", "HOST", "VERSION", "RUNNING", "CPU", "MEMORY", "STARTED", "LAST HEARTBEAT");
        for (JsonNode node : nodes.path("items")) {
            table.row(
                    node.path("id").asText(),
                    node.path("roles").valueStream().map(JsonNode::asText).collect(Collectors.joining(",")),
                    node.path("host").asText(),
                    node.path("version").asText(),
                    node.path("running").asLong(),
                    node.has("cpu") ? "%.0f%%".formatted(node.path("cpu").asDouble() * 100) : "",
                    node.has("memoryBytes") ? (node.path("memoryBytes").asLong() >> 20) + " MiB" : "",
                    node.path("startedAt").asText(),
                    node.path("heartbeatAt").asText());
        }
        return table;
    }
}
