package dev.millrace.cli;

import java.io.IOException;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace import}. */
@Command(
        name = "import",
        header = "Submit exported tasks that are not there yet.",
        description = {
            "Takes what millrace export wrote. A task whose id is known is left alone, so an import can be repeated, also "
                    + "after it was stopped in the middle. Tasks that waited or ran come back with their id, payload and "
                    + "options, and with none of their attempts used up; those that had ended are left out, unless "
                    + "--ended is given. Exit code 1 when tasks were rejected."
        },
        footer = {
            "  millrace import @exported.ndjson",
            "  millrace export --state ready | millrace import --output json"
        })
final class ImportCommand extends ServerCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "@FILE|-",
            defaultValue = "-",
            description = "A file, or standard input. Default: -")
    String what;

    @Option(names = "--ended", description = "Run again also what had ended when it was exported.")
    boolean ended;

    @Mixin
    PatienceOption patience;

    @Override
    void check() {
        require(what.equals("-") || what.startsWith("@"), "Name a file as @FILE, or - for standard input.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) throws IOException {
        Import run =
                new Import(UUID.randomUUID().toString(), ended, new BulkRun.Sender(client, patience.resend(terminal)));
        try (Source source = Source.of(what);
                PushProgress bar = PushProgress.of("import", source.length(), terminal)) {
            run.run(source.lines(), bar);
        } catch (Ending e) {
            if (run.begun()) {
                report(run, terminal);
            }
            throw e;
        }
        report(run, terminal);
        return run.rejected() == 0 ? 0 : Commands.REFUSED;
    }

    private void report(Import run, Terminal terminal) {
        run.sayRefusals(terminal);
        if (server.asJson()) {
            terminal.out()
                    .println(Json.pretty(Json.MAPPER
                            .createObjectNode()
                            .put("created", run.created())
                            .put("known", run.known())
                            .put("skipped", run.skipped())
                            .put("rejected", run.rejected())));
        } else {
            terminal.out()
                    .printf(
                            "%,d tasks created, %,d were there already, %,d left out since they had ended, %,d rejected%n",
                            run.created(), run.known(), run.skipped(), run.rejected());
        }
    }
}
