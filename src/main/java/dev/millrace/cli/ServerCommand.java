package dev.millrace.cli;

import dev.millrace.task.ErrorShape;
import dev.millrace.task.NameRules;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a server. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
abstract class ServerCommand implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    ServerOptions server;

    @Override
    public final Integer call() throws IOException {
        check();
        try (ApiClient client = server.connect()) {
            return run(client, Terminal.of(command.commandLine()));
        }
    }

    /** Wrong usage is said before anything is sent. */
    void check() {}

    /**
     * @return the exit code
     */
    abstract int run(ApiClient client, Terminal terminal) throws IOException;

    final void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    final void requireQueue(String name) {
        require(
                name == null || NameRules.isQueue(name),
                "'" + name + "' is no name for a queue: those are 1 to 63 of a-z 0-9 . _ -");
    }

    final void requireType(String type) {
        require(
                type == null || NameRules.isType(type),
                "'" + type + "' is no type: those are 1 to 128 of A-Z a-z 0-9 . _ : / -");
    }

    final void requireGroup(String group) {
        require(ErrorShape.isFingerprint(group), "'" + group + "' is no group: those are 16 of 0-9 a-f");
    }

    final void requireTask(String id) {
        require(id.matches("[A-Za-z0-9_-]{1,64}"), "'" + id + "' is no task id: those are 1 to 64 of A-Z a-z 0-9 _ -");
    }
}
