package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace cancel}. */
@Command(
        name = "cancel",
        header = "Cancel tasks that wait or run.",
        description = "The handler of a running one is told; what it says after that does not count.",
        footer = {"  millrace cancel order-1", "  millrace cancel order-2 order-3 --output json"})
final class CancelCommand extends ChangeCommand {
    @Override
    Answer change(ApiClient client, String path) {
        return client.post(path + "/cancel");
    }
}
