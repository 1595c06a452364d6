package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace config}. */
@Command(
        name = "config",
        header = "Show the settings in force, each with where it comes from.",
        description = "Those of the server that answers. What is secret is shown as ***.",
        footer = {"  millrace config --changed", "  millrace config --output json | jq '.items[].name'"})
final class ConfigCommand extends ServerCommand {
    @Option(names = "--changed", description = "Only those that somebody set.")
    boolean changed;

    @Override
    int run(ApiClient client, Terminal terminal) {
        ArrayNode settings = Json.MAPPER.createArrayNode();
        for (JsonNode setting : client.get("/api/v1/config").json().path("items")) {
            if (!changed || !setting.path("source").asText().equals("default")) {
                settings.add(setting);
            }
        }
        if (server.asJson()) {
            terminal.out().println(Json.pretty(Json.MAPPER.createObjectNode().set("items", settings)));
        } else {
            table(settings).print(terminal);
        }
        return 0;
    }

    private static Table table(ArrayNode settings) {
        Table table = new Table("SETTING", "VALUE", "FROM");
        for (JsonNode setting : settings) {
            table.row(
                    setting.path("name").asText(),
                    setting.path("value").asText(),
                    setting.path("source").asText());
        }
        return table;
    }
}
