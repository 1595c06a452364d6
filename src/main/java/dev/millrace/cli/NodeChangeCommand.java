package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Tells each of some nodes what to do. */
abstract class NodeChangeCommand extends EachCommand {
    @Parameters(paramLabel = "NODE", arity = "1..*", description = "The node's id; may be several. See: millrace nodes")
    List<String> nodes;

    @Override
    final List<String> names() {
        return nodes;
    }

    @Override
    final String path(String node) {
        return pathOf(node);
    }

    /** Of a node by its id, which may be any text. */
    static String pathOf(String node) {
        return "/api/v1/clustering/nodes/"
                + URLEncoder.encode(node, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    final Answer change(ApiClient client, String path) {
        return client.post(path + "/" + command.name());
    }

    @Override
    final String sentence(String node, Answer answer) {
        JsonNode seen = answer.json();
        return seen.has("told")
                ? "Node " + node + " is told to " + seen.path("told").asText() + "."
                : "Node " + node + " is " + seen.path("state").asText() + ".";
    }
}
