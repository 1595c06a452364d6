package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.NameRules;
import picocli.CommandLine.Parameters;

/** Does something about one destination. */
abstract class DestinationCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The destination.")
    String name;

    @Override
    void check() {
        require(
                NameRules.isQueue(name),
                "'" + name + "' is no name for a destination: those are 1 to 63 of a-z 0-9 . _ -");
    }

    final String path() {
        return "/api/v1/destinations/" + name;
    }

    final int show(JsonNode destination, Terminal terminal) {
        terminal.out().println(Json.pretty(destination));
        return 0;
    }
}
