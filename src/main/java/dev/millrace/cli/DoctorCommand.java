package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code millrace doctor}. */
@Command(
        name = "doctor",
        header = "Find out everything that is wrong with the installation, and what to do about it.",
        description = {
            "Looks at the store (whether it answers, durability, eviction, version, disk, permissions, clock), the nodes, "
                    + "the queues (types that nobody takes) and the API keys. Exit code 0 when nothing has to be done (a "
                    + "note is no more than that), 1 when something is wrong, 3 when no server answers."
        },
        footer = {"  millrace doctor || true", "  millrace doctor --output json | jq .findings"})
final class DoctorCommand extends ServerCommand {
    @Override
    int run(ApiClient client, Terminal terminal) {
        JsonNode diagnosis = client.get("/api/v1/doctor").json();
        if (server.asJson()) {
            terminal.out().println(Json.pretty(diagnosis));
        } else {
            print(diagnosis, terminal);
        }
        return diagnosis.path("well").asBoolean() ? 0 : Commands.REFUSED;
    }

    private static void print(JsonNode diagnosis, Terminal terminal) {
        for (JsonNode finding : diagnosis.path("findings")) {
            String severity = finding.path("severity").asText();
            terminal.out()
                    .println(terminal.severity(severity, "%-7s".formatted(severity)) + "  "
                            + Table.text(finding.path("code").asText() + ": "
                                    + finding.path("sentence").asText()));
        }
        if (diagnosis.path("well").asBoolean()) {
            terminal.out().println("Nothing is wrong.");
        }
    }
}
