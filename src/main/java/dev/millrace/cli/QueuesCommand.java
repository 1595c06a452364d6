package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace queues}. */
@Command(
        name = "queues",
        header = "Show all queues with their counts; delete some.",
        subcommands = QueuesCommand.Delete.class,
        footer = {
            "  millrace queues",
            "  millrace queues delete trial --force",
            "  millrace queues --output json | jq '.items[] | select(.counts.dead > 0)'"
        })
final class QueuesCommand extends ServerCommand {
    @Override
    int run(ApiClient client, Terminal terminal) {
        ArrayNode queues = all(client);
        if (server.asJson()) {
            terminal.out().println(Json.pretty(Json.MAPPER.createObjectNode().set("items", queues)));
        } else if (queues.isEmpty()) {
            terminal.out()
                    .println("No queues yet. The first task makes one: millrace push mail '{\"type\": \"echo\"}'");
        } else {
            table(queues).print(terminal);
        }
        return 0;
    }

    /** Every queue, page by page. */
    static ArrayNode all(ApiClient client) {
        return ListPage.all(client, "/api/v1/queues");
    }

    static Table table(ArrayNode queues) {
        Table table = new Table(
                "QUEUE", "READY", "SCHEDULED", "RUNNING", "SUCCEEDED", "DEAD", "CANCELLED", "EXPIRED", "OLDEST", "");
        for (JsonNode queue : queues) {
            JsonNode counts = queue.path("counts");
            table.row(
                    queue.path("name").asText(),
                    counts.path("ready").asLong(),
                    counts.path("scheduled").asLong(),
                    counts.path("running").asLong(),
                    counts.path("succeeded").asLong(),
                    counts.path("dead").asLong(),
                    counts.path("cancelled").asLong(),
                    counts.path("expired").asLong(),
                    Ages.words(queue.path("oldestReadyAge").asText("")),
                    queue.path("paused").asBoolean() ? "paused" : "");
        }
        return table;
    }

    /** {@code millrace queues delete}. */
    @Command(
            name = "delete",
            header = "Delete queues that have no task left that did not end.",
            description = "Those that ended go with it, and so do its settings.",
            footer = {"  millrace queues delete mail", "  millrace queues delete trial-1 trial-2 --force"})
    static final class Delete extends QueueChangeCommand {
        @Option(names = "--force", description = "With all their tasks, those that wait or run included.")
        boolean force;

        @Override
        Answer change(ApiClient client, String path) {
            return client.delete(path + (force ? "?force=true" : ""));
        }
    }
}
