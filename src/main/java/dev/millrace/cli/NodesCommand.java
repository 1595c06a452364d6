package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code millrace nodes}. */
@Command(
        name = "nodes",
        header = "Show the processes that were heard of lately, and steer workers.",
        subcommands = {NodesCommand.Quiet.class, NodesCommand.Resume.class, NodesCommand.Stop.class},
        footer = {
            "  millrace nodes",
            "  millrace nodes --output json | jq '.items[].version'",
            "  millrace nodes quiet web-1-0a1b2c3d"
        })
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
        Table table = new Table(
                "NODE",
                "STATE",
                "ROLES",
                "HOST",
                "VERSION",
                "RUNNING",
                "CPU",
                "MEMORY",
                "CLOCK",
                "STARTED",
                "LAST HEARTBEAT");
        for (JsonNode node : nodes.path("items")) {
            table.row(
                    node.path("id").asText(),
                    node.path("state").asText()
                            + (node.has("told")
                                    ? ", told to " + node.path("told").asText()
                                    : ""),
                    node.path("roles").valueStream().map(JsonNode::asText).collect(Collectors.joining(",")),
                    node.path("host").asText(),
                    node.path("version").asText(),
                    node.path("running").asLong(),
                    node.has("cpu") ? "%.0f%%".formatted(node.path("cpu").asDouble() * 100) : "",
                    node.has("memoryBytes") ? (node.path("memoryBytes").asLong() >> 20) + " MiB" : "",
                    clock(node.path("clockOffsetMillis").asLong()),
                    node.path("startedAt").asText(),
                    node.path("heartbeatAt").asText());
        }
        return table;
    }

    /** How far a clock is ahead of the store's, in seconds. */
    private static String clock(long offsetMillis) {
        return "%+.1f s".formatted(offsetMillis / 1000.0);
    }

    /** {@code millrace nodes quiet}. */
    @Command(
            name = "quiet",
            header = "Let workers take nothing new; what they run goes on.",
            description = "They stay on the list as quiet, until they are told to resume.",
            footer = "  millrace nodes quiet web-1-0a1b2c3d")
    static final class Quiet extends NodeChangeCommand {}

    /** {@code millrace nodes resume}. */
    @Command(
            name = "resume",
            header = "Let quiet workers take tasks again.",
            footer = "  millrace nodes resume web-1-0a1b2c3d")
    static final class Resume extends NodeChangeCommand {}

    /** {@code millrace nodes stop}. */
    @Command(
            name = "stop",
            header = "Let processes with the role worker end as on SIGTERM: what they run first.",
            footer = "  millrace nodes stop web-1-0a1b2c3d")
    static final class Stop extends NodeChangeCommand {}
}
