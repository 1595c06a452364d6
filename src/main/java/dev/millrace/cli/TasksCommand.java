package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace tasks}. */
@Command(
        name = "tasks",
        header = "List tasks, the newest first.",
        description = {
            "With --state they come in the order in which they got into that state, the scheduled ones by when they are "
                    + "due. With --output json each task is a line of its own (NDJSON)."
        },
        footer = {
            "  millrace tasks --queue mail --state dead",
            "  millrace tasks --tag billing --label tenant=acme --limit 200",
            "  millrace tasks --state dead --all --output json | jq -r .id | xargs -r millrace retry"
        })
final class TasksCommand extends ServerCommand {
    private static final int PAGE = 500;
    private static final String SHOWN = "id,queue,type,state,attempts,maxAttempts,createdAt,error,progress";

    @Mixin
    FilterOptions which;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, 1 or more. Default: 50")
    int limit;

    @Option(names = "--all", description = "All of them, page by page, however many.")
    boolean all;

    @Option(
            names = "--fields",
            paramLabel = "NAMES",
            description = "With --output json: these members alone, commas between.")
    String fields;

    private long shown;

    @Override
    void check() {
        which.check(this);
        require(limit >= 1, "--limit is 1 or more; for all tasks there is --all.");
        require(fields == null || server.asJson(), "--fields goes with --output json.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        String cursor = null;
        do {
            String path = "/api/v1/tasks?limit=" + (all ? PAGE : Math.min(PAGE, limit - shown)) + fields()
                    + which.filter().query();
            ListPage page = ListPage.get(client, path, cursor);
            print(page.items(), terminal);
            shown += page.items().size();
            cursor = page.next();
        } while (cursor != null && (all || shown < limit));
        if (!server.asJson() && shown == 0) {
            terminal.out().println("No task is like that.");
        } else if (!server.asJson() && cursor != null) {
            terminal.err().println("There are more: see them with --limit N or --all.");
        }
        return 0;
    }

    private String fields() {
        if (server.asJson()) {
            return fields == null ? "" : "&fields=" + Filter.encoded(fields);
        }
        return "&fields=" + Filter.encoded(SHOWN);
    }

    private void print(List<byte[]> tasks, Terminal terminal) {
        if (server.asJson()) {
            tasks.forEach(task -> terminal.out().println(new String(Raw.oneLine(task), StandardCharsets.UTF_8)));
        } else if (!tasks.isEmpty()) {
            table(tasks).print(terminal, shown == 0);
        }
        terminal.out().flush();
    }

    private static Table table(List<byte[]> tasks) {
        Table table = new Table("ID", "QUEUE", "TYPE", "STATE", "ATTEMPTS", "CREATED", "");
        for (byte[] raw : tasks) {
            JsonNode task = Json.parse(raw, "It is not JSON.");
            table.row(
                    task.path("id").asText(),
                    task.path("queue").asText(),
                    task.path("type").asText(),
                    task.path("state").asText(),
                    task.path("attempts").asText() + "/"
                            + task.path("maxAttempts").asText(),
                    task.path("createdAt").asText(),
                    remark(task));
        }
        return table;
    }

    private static String remark(JsonNode task) {
        if (task.has("error")) {
            return task.at("/error/message").asText();
        }
        JsonNode progress = task.path("progress");
        String percent = progress.has("percent") ? progress.path("percent").asText() + "% " : "";
        return (percent + progress.path("message").asText("")).strip();
    }
}
