package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace actions}. */
@Command(
        name = "actions",
        header = "Retry, cancel or delete all tasks that match.",
        description = {
            "Tasks whose state does not allow the action do not match: retry takes those that have ended, cancel those "
                    + "that have not, delete those that have. Stopped in the middle it can be run again."
        },
        footer = {
            "  millrace actions retry --queue mail --state dead --dry-run",
            "  millrace actions retry --queue mail --state dead --text acme --patch '{\"to\": null}'",
            "  millrace actions cancel --queue mail --type newsletter --created-before 2025-01-01T00:00:00Z",
            "  millrace actions delete --tag trial --output json"
        })
final class ActionsCommand extends ServerCommand {
    @Parameters(paramLabel = "ACTION", description = "What to do: ${COMPLETION-CANDIDATES}.")
    Verb action;

    @Mixin
    FilterOptions which;

    @Option(names = "--all", description = "Every task there is, when nothing else says which.")
    boolean all;

    @Mixin
    PatchOption edit;

    @Option(names = "--dry-run", description = "Count what matches, and change nothing.")
    boolean dryRun;

    /** What can be done to many. */
    enum Verb {
        retry,
        cancel,
        delete
    }

    @Override
    void check() {
        which.check(this);
        edit.check(this);
        require(edit.patch() == null || action == Verb.retry, "--patch goes with retry.");
        require(
                all == which.filter().isEmpty(),
                all
                        ? "--all means every task: leave it out, or the other options that say which."
                        : "Say which tasks, such as with --queue and --state; every task there is needs --all.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        Filter filter = which.filter();
        ActionRun run = new ActionRun(
                client, Resend.of(terminal), action.name(), new ActionRun.What(filter, edit.patch(), dryRun));
        try (CountProgress bar = new CountProgress(action.name(), QueueCounts.of(client, filter), terminal)) {
            run.run(bar);
        }
        run.report(server, terminal);
        return 0;
    }
}
