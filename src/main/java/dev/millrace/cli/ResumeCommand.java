package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace resume}. */
@Command(
        name = "resume",
        header = "Let tasks of paused queues be taken again.",
        footer = {"  millrace resume mail", "  millrace resume mail reports --output json"})
final class ResumeCommand extends QueueChangeCommand {
    @Override
    Answer change(ApiClient client, String path) {
        return client.post(path + "/resume");
    }
}
