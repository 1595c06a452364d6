package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace run-now}. */
@Command(
        name = "run-now",
        header = "Make scheduled tasks ready now.",
        footer = {"  millrace run-now report-1"})
final class RunNowCommand extends ChangeCommand {
    @Override
    Answer change(ApiClient client, String path) {
        return client.post(path + "/run-now");
    }
}
