package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace export}. */
@Command(
        name = "export",
        header = "Write tasks as NDJSON (one JSON object a line), queue by queue, the oldest first.",
        description = {
            "Each line is the task as the API shows it, with payload and result but without history. Tasks that change "
                    + "meanwhile are written as they were when their page was read. What waits can be read in again with "
                    + "millrace import. It is no backup of the store: for that see docs/operations.md."
        },
        footer = {
            "  millrace export > tasks.ndjson",
            "  millrace export --queue mail --state dead --redact to,user.email | jq -c .error"
        })
final class ExportCommand extends ServerCommand {
    /** Of the largest payloads so many fit into memory. */
    private static final int PAGE = 100;

    @Mixin
    FilterOptions which;

    @Option(
            names = "--redact",
            split = ",",
            paramLabel = "MEMBER",
            description =
                    "Write [redacted] for these members of payloads and results, commas between; to is the member "
                            + "to, user.email that of an object within.")
    List<String> redact = List.of();

    private long written;

    @Override
    void check() {
        which.check(this);
        require(
                redact.stream().noneMatch(path -> path.isEmpty() || path.startsWith(".") || path.contains("..")),
                "--redact takes names of members, like user.email");
    }

    @Override
    int run(ApiClient client, Terminal terminal) throws IOException {
        Filter filter = which.filter();
        Redaction redaction = new Redaction(redact);
        List<JsonNode> queues = queues(client);
        boolean counted = queues.stream()
                .allMatch(queue -> filter.in(queue.path("name").asText()).isCounted());
        long total = counted
                ? queues.stream()
                        .mapToLong(queue -> QueueCounts.of(queue, filter.state()))
                        .sum()
                : -1;
        try (CountProgress bar = new CountProgress("export", total, terminal)) {
            for (JsonNode queue : queues) {
                export(client, filter.in(queue.path("name").asText()), redaction, bar, terminal);
            }
        }
        terminal.out().flush();
        if (terminal.out().checkError()) {
            throw new Refused("The output cannot be written. Is the disk full?");
        }
        terminal.err().printf("millrace: %,d tasks exported%n", written);
        return 0;
    }

    private List<JsonNode> queues(ApiClient client) {
        if (which.queue != null) {
            return List.of(client.get("/api/v1/queues/" + which.queue).json());
        }
        List<JsonNode> queues = new ArrayList<>();
        QueuesCommand.all(client).forEach(queues::add);
        return queues;
    }

    /** Lists begin with the newest, and who imports wants the oldest first, as order is by arrival. */
    private void export(ApiClient client, Filter filter, Redaction redaction, CountProgress bar, Terminal terminal)
            throws IOException {
        try (Spool spool = new Spool()) {
            String cursor = null;
            do {
                ListPage page = ListPage.get(client, "/api/v1/tasks?limit=" + PAGE + filter.query(), cursor);
                for (byte[] task : page.items()) {
                    spool.add(redaction.apply(task));
                }
                bar.at(written + spool.count());
                cursor = page.next();
            } while (cursor != null);
            spool.backwards(line -> terminal.out().print(new String(line, StandardCharsets.UTF_8) + "\n"));
            written += spool.count();
        }
    }
}
