package dev.millrace.cli;

import dev.millrace.task.TaskState;
import java.util.Arrays;
import java.util.Iterator;

/** The names of the states a task can be in, for completion. */
final class States implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(TaskState.values()).map(TaskState::wire).iterator();
    }

    static String all() {
        return String.join(", ", new States());
    }
}
