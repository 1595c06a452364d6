package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** {@code millrace status}. */
@Command(
        name = "status",
        header = "Show whether the server is well, its nodes, and what waits.",
        description = "Exit code 0 when all is well, 1 when a part is down, 3 when no server answers.",
        footer = {"  millrace status", "  millrace status --server https://tasks.example.org --output json"})
final class StatusCommand extends ServerCommand {
    @Override
    int run(ApiClient client, Terminal terminal) {
        JsonNode health = HealthCommand.get(client);
        JsonNode demand = client.get("/api/v1/scaling").json();
        JsonNode nodes = NodesCommand.get(client);
        if (server.asJson()) {
            ObjectNode all = Json.MAPPER.createObjectNode();
            all.put("server", client.server().toString());
            all.set("health", health);
            all.set("scaling", demand);
            all.set("nodes", nodes.path("items"));
            terminal.out().println(Json.pretty(all));
        } else {
            HealthCommand.print(client, health, terminal);
            print(nodes, demand, terminal);
        }
        return HealthCommand.isWell(health) ? 0 : Commands.REFUSED;
    }

    private static void print(JsonNode nodes, JsonNode demand, Terminal terminal) {
        terminal.out().println();
        NodesCommand.table(nodes).print(terminal);
        terminal.out().println();
        ArrayNode waiting = waiting(demand);
        if (waiting.isEmpty()) {
            terminal.out().println("Nothing waits.");
        } else {
            demand(waiting).print(terminal);
        }
    }

    private static ArrayNode waiting(JsonNode demand) {
        ArrayNode waiting = Json.MAPPER.createArrayNode();
        for (JsonNode queue : demand.path("queues")) {
            if (queue.path("ready").asLong()
                            + queue.path("due").asLong()
                            + queue.path("running").asLong()
                    > 0) {
                waiting.add(queue);
            }
        }
        return waiting;
    }

    private static Table demand(ArrayNode queues) {
        Table table = new Table("QUEUE", "READY", "DUE", "RUNNING", "OLDEST");
        for (JsonNode queue : queues) {
            table.row(
                    queue.path("name").asText(),
                    queue.path("ready").asLong(),
                    queue.path("due").asLong(),
                    queue.path("running").asLong(),
                    Ages.words(queue.path("oldestReadyAge").asText("")));
        }
        return table;
    }
}
