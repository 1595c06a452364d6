package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/** How payloads are edited before they run again. */
final class PatchOption {
    @Option(
            names = "--patch",
            paramLabel = "JSON|@FILE",
            description =
                    "Run with the payloads edited by this merge patch (RFC 7396): its members replace those of the"
                            + " same name, and null takes one away.")
    String given;

    private JsonNode patch;

    void check(ServerCommand command) {
        if (given != null) {
            byte[] bytes = Source.json(given);
            command.require(Json.shape(bytes, bytes.length) != Json.Shape.BROKEN, "The patch is not JSON.");
            patch = Json.parse(bytes, "The patch is not JSON.");
        }
    }

    /** Null without one. */
    JsonNode patch() {
        return patch;
    }
}
