package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace health}. */
@Command(
        name = "health",
        header = "Show whether the server and its store are well.",
        description = "Exit code 0 when they are, 1 when a part is down, 3 when no server answers.",
        footer = {
            "  millrace health",
            "  millrace health --output json | jq -r .durability",
            "  millrace health --probe ready"
        })
final class HealthCommand extends ServerCommand {
    @Option(
            names = "--probe",
            paramLabel = "live|ready|started",
            description = "Ask for this alone, without an API key: for images that have no shell.")
    Probe probe;

    /** What a platform may ask. */
    enum Probe {
        live,
        ready,
        started
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        if (probe != null) {
            Answer answer = client.get("/q/health/" + probe);
            terminal.out().println(probe + ": " + (answer.status() == 200 ? "up" : "down"));
            return answer.status() == 200 ? 0 : Commands.REFUSED;
        }
        JsonNode health = get(client);
        if (server.asJson()) {
            terminal.out().println(Json.pretty(health));
        } else {
            print(client, health, terminal);
        }
        return isWell(health) ? 0 : Commands.REFUSED;
    }

    /** A server whose store is down answers 503 with the same document. */
    static JsonNode get(ApiClient client) {
        Answer answer = client.get("/health");
        JsonNode health = answer.status() == 503 ? answer.parsed() : answer.json();
        if (!health.has("components")) {
            throw Refused.by(answer);
        }
        return health;
    }

    static boolean isWell(JsonNode health) {
        return !health.path("status").asText("").equals("down");
    }

    static void print(ApiClient client, JsonNode health, Terminal terminal) {
        PrintWriter out = terminal.out();
        out.printf(
                "%s is %s%n%n",
                client.server(), terminal.state(health.path("status").asText("unknown")));
        components(health).print(terminal);
        if (health.hasNonNull("durability")) {
            out.println(Table.text("Durability: " + health.path("durability").asText()));
        }
        for (JsonNode finding : health.path("findings")) {
            out.println(Table.text("Warning: " + finding.path("sentence").asText()));
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
}
