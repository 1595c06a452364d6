package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace dead-letters}. */
@Command(
        name = "dead-letters",
        header = "Show how the dead tasks failed; retry or delete those that failed alike.",
        subcommands = {DeadLettersCommand.Retry.class, DeadLettersCommand.Delete.class},
        footer = {
            "  millrace dead-letters",
            "  millrace dead-letters --queue mail --output json",
            "  millrace dead-letters retry mail 8a5edab282632443 --patch '{\"to\": \"ada@example.org\"}'"
        })
final class DeadLettersCommand extends ServerCommand {
    private static final int MOST = 500;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue.")
    String queue;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Groups, 1 to 500: those with the most dead tasks. Default: ${DEFAULT-VALUE}")
    int limit;

    @Override
    void check() {
        requireQueue(queue);
        require(limit >= 1 && limit <= MOST, "--limit is 1 to " + MOST + ".");
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        String of = queue == null ? "" : "&queue=" + queue;
        JsonNode found = client.get("/api/v1/dead-letters?limit=" + limit + of).json();
        if (server.asJson()) {
            terminal.out().println(Json.pretty(found));
        } else if (found.path("dead").asLong() == 0) {
            terminal.out().println("No dead letters.");
        } else {
            table(found).print(terminal);
            if (found.path("others").asLong() > 0) {
                terminal.out()
                        .printf(
                                "%,d more failed in other ways.%n",
                                found.path("others").asLong());
            }
        }
        return 0;
    }

    private static Table table(JsonNode found) {
        Table table = new Table("QUEUE", "GROUP", "DEAD", "LAST SEEN", "TYPE", "ERROR");
        for (JsonNode group : found.path("items")) {
            JsonNode error = group.path("error");
            table.row(
                    group.path("queue").asText(),
                    group.path("group").asText(),
                    group.path("dead").asLong(),
                    group.path("lastSeen").asText(),
                    group.path("type").asText(),
                    error.path("type").asText() + ": " + error.path("message").asText());
        }
        return table;
    }

    /** Does something to a group. */
    @Command
    abstract static class GroupCommand extends ServerCommand {
        @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
        String queue;

        @Parameters(index = "1", paramLabel = "GROUP", description = "The group, as millrace dead-letters shows it.")
        String group;

        @Option(names = "--dry-run", description = "Count the group, and change nothing.")
        boolean dryRun;

        @Override
        void check() {
            requireQueue(queue);
            requireGroup(group);
        }

        final int act(String action, PatchOption edit, ApiClient client, Terminal terminal) {
            ActionRun.What what = new ActionRun.What(Filter.ofGroup(queue, group), edit.patch(), dryRun);
            ActionRun run = new ActionRun(client, Resend.of(terminal), action, what);
            try (CountProgress bar = new CountProgress(action, -1, terminal)) {
                run.run(bar);
            }
            run.report(server, terminal);
            return 0;
        }
    }

    /** {@code millrace dead-letters retry}. */
    @Command(
            name = "retry",
            header = "Run a group again, as it is or with edited payloads.",
            footer = {
                "  millrace dead-letters retry mail 8a5edab282632443 --dry-run",
                "  millrace dead-letters retry mail 8a5edab282632443 --patch '{\"retryable\": false}'"
            })
    static final class Retry extends GroupCommand {
        @Mixin
        PatchOption edit;

        @Override
        void check() {
            super.check();
            edit.check(this);
        }

        @Override
        int run(ApiClient client, Terminal terminal) {
            return act("retry", edit, client, terminal);
        }
    }

    /** {@code millrace dead-letters delete}. */
    @Command(
            name = "delete",
            header = "Delete a group.",
            footer = "  millrace dead-letters delete mail 8a5edab282632443")
    static final class Delete extends GroupCommand {
        @Override
        int run(ApiClient client, Terminal terminal) {
            return act("delete", new PatchOption(), client, terminal);
        }
    }
}
