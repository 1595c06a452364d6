package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code millrace backup}. */
@Command(
        name = "backup",
        header = "Copy an SQLite store while it works.",
        description = {
            "The copy lies beside the store, on the server; the command ends when it is whole and on the disk. How to "
                    + "restore it says docs/operations.md. A Redis is copied by its own means."
        },
        footer = {"  millrace backup", "  millrace backup --output json | jq -r .file"})
final class BackupCommand extends ServerCommand {
    /** Of a very large store on a slow disk. */
    private static final Duration LONGEST = Duration.ofHours(2);

    @Override
    int run(ApiClient client, Terminal terminal) {
        JsonNode copy = client.post("/api/v1/maintenance/backup", LONGEST).json();
        terminal.out()
                .println(
                        server.asJson()
                                ? Json.pretty(copy)
                                : "%s: %,d bytes, in %s"
                                        .formatted(
                                                copy.path("file").asText(),
                                                copy.path("bytes").asLong(),
                                                Ages.words(copy.path("took").asText(""))));
        return 0;
    }
}
