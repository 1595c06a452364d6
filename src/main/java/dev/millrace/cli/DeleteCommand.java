package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace delete}. */
@Command(
        name = "delete",
        header = "Delete tasks that have ended.",
        description = "One that has not is refused: cancel it first. For many tasks there is millrace purge.",
        footer = {"  millrace delete done-2"})
final class DeleteCommand extends ChangeCommand {
    @Override
    Answer change(ApiClient client, String path) {
        return client.delete(path);
    }
}
