package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace pause}. */
@Command(
        name = "pause",
        header = "Let nothing of queues be taken any more; what runs goes on.",
        footer = {"  millrace pause mail", "  millrace pause mail reports --output json"})
final class PauseCommand extends QueueChangeCommand {
    @Override
    Answer change(ApiClient client, String path) {
        return client.post(path + "/pause");
    }
}
