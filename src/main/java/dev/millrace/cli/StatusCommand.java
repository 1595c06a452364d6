package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code millrace status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show whether the server is well, its nodes, and what waits.",
        description = "Exit code 0 when all is well, 1 when a part is down, 3 when no server answers.",
        footerHeading = "%nExamples:%n",
        footer = {"  millrace status", "  millrace status --server https://tasks.example.org --output json"})
final class StatusCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ServerOptions server;

    @Override
    public Integer call() {
        try (ApiClient client = server.connect()) {
            JsonNode health = client.get("/health").parsed();
            JsonNode demand = client.get("/api/v1/scaling").json();
            JsonNode nodes = client.get("/api/v1/clustering/nodes").json();
            Terminal terminal = Terminal.of(command.commandLine());
            if (server.asJson()) {
                ObjectNode all = Json.MAPPER.createObjectNode();
                all.put("server", client.server().toString());
                all.set("health", health);
                all.set("scaling", demand);
                all.set("nodes", nodes.path("items"));
                terminal.out().println(Json.pretty(all));
            } else {
                print(client, health, nodes, demand, terminal);
            }
            return well(health) ? 0 : Commands.REFUSED;
        }
    }

    private static boolean well(JsonNode health) {
        return !health.path("status").asText("").equalsIgnoreCase("down");
    }

    private static void print(ApiClient client, JsonNode health, JsonNode nodes, JsonNode demand, Terminal terminal) {
        terminal.out()
                .printf(
                        "%s is %s%n%n",
                        client.server(), terminal.state(health.path("status").asText("unknown")));
        components(health).print(terminal);
        findings(health, terminal.out());
        terminal.out().println();
        nodes(nodes).print(terminal);
        terminal.out().println();
        ArrayNode waiting = waiting(demand);
        if (waiting.isEmpty()) {
            terminal.out().println("Nothing waits.");
        } else {
            demand(waiting).print(terminal);
        }
    }

    private static Table components(JsonNode health) {
        Table table = new Table("COMPONENT", "STATUS", "ANSWERS IN", "");
        for (JsonNode component : health.path("components")) {
            table.row(
                    component.path("name").asText(),
                    component.path("status").asText(),
                    Ages.words(component.path("responseTime").asText("")),
                    component.path("detail").asText(""));
        }
        return table;
    }

    /** What is wrong with the store, and how much survives what. */
    private static void findings(JsonNode health, PrintWriter out) {
        if (health.hasNonNull("durability")) {
            out.println(Table.text("Durability: " + health.path("durability").asText()));
        }
        for (JsonNode finding : health.path("findings")) {
            out.println(Table.text("Warning: " + finding.path("sentence").asText()));
        }
    }

    private static Table nodes(JsonNode nodes) {
        Table table = new Table("NODE", "ROLES", "HOST", "VERSION", "RUNNING", "LAST HEARTBEAT");
        for (JsonNode node : nodes.path("items")) {
            StringBuilder roles = new StringBuilder();
            node.path("roles")
                    .forEach(role -> roles.append(roles.isEmpty() ? "" : ",").append(role.asText()));
            table.row(
                    node.path("id").asText(),
                    roles,
                    node.path("host").asText(),
                    node.path("version").asText(),
                    node.path("running").asLong(),
                    node.path("heartbeatAt").asText());
        }
        return table;
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
