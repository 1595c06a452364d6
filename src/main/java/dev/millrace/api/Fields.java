package dev.millrace.api;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which members of a task to write.
 *
 * @param names null for all
 */
record Fields(Set<String> names) {
    static final Fields ALL = new Fields(null);

    private static final Set<String> KNOWN = Set.of(
            "id",
            "queue",
            "type",
            "destination",
            "state",
            "priority",
            "payload",
            "tags",
            "labels",
            "unique",
            "retention",
            "createdAt",
            "runAt",
            "expiresAt",
            "startedAt",
            "finishedAt",
            "attempts",
            "maxAttempts",
            "crashes",
            "generation",
            "timeout",
            "backoff",
            "worker",
            "leaseExpiresAt",
            "progress",
            "result",
            "error",
            "history",
            "log");

    /**
     * @param list names with commas between; null for all
     */
    static Fields of(String list) {
        if (list == null) {
            return ALL;
        }
        Set<String> names = new TreeSet<>(List.of(list.split(",", -1)));
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw Faults.one("/fields", "names " + name + ", which a task does not have");
            }
        }
        return new Fields(names);
    }

    boolean has(String name) {
        return names == null || names.contains(name);
    }

    /** Whether history or log is wanted, which only the whole task has. */
    boolean whole() {
        return has("history") || has("log");
    }
}
