package dev.millrace.cli;

import dev.millrace.task.TaskState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which tasks. */
final class FilterOptions {
    @Option(names = "--queue", paramLabel = "QUEUE", description = "Tasks of this queue.")
    String queue;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "Tasks in this state: ${COMPLETION-CANDIDATES}.")
    String state;

    @Mixin
    TraitOptions traits;

    Filter filter() {
        return traits.with(queue, state);
    }

    void check(ServerCommand command) {
        command.requireQueue(queue);
        traits.check(queue, command);
        command.require(
                state == null || TaskState.ofWire(state) != null,
                "'" + state + "' is no state: those are " + States.all());
    }
}
