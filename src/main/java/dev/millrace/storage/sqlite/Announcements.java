package dev.millrace.storage.sqlite;

import dev.millrace.task.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a transaction has to tell once it is committed. */
final class Announcements {
    private final Set<String> ready = new LinkedHashSet<>();
    private final List<TaskId> cancelled = new ArrayList<>();
    private final List<TaskId> ended = new ArrayList<>();
    private final Set<String> told = new LinkedHashSet<>();

    void ready(String queue) {
        ready.add(queue);
    }

    void cancelled(TaskId task) {
        cancelled.add(task);
    }

    void ended(TaskId task) {
        ended.add(task);
    }

    void told(String node) {
        told.add(node);
    }

    /** Tells all and is empty again. */
    void tell(SqliteWakeups wakeups) {
        if (!ready.isEmpty() || !cancelled.isEmpty() || !ended.isEmpty() || !told.isEmpty()) {
            wakeups.announce(List.copyOf(ready), List.copyOf(cancelled), List.copyOf(ended), List.copyOf(told));
            forget();
        }
    }

    void forget() {
        ready.clear();
        cancelled.clear();
        ended.clear();
        told.clear();
    }
}
