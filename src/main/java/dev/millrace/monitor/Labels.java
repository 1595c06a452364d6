package dev.millrace.monitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A bounded set of label values: the first so many names are themselves, all others are {@code other} together. */
final class Labels {
    static final String OTHER = "other";

    private final int limit;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Labels(int limit) {
        this.limit = limit;
    }

    /** The same answer for the same name as long as the process lives, so that no counter jumps between labels. */
    String of(String name) {
        if (known.contains(name)) {
            return name;
        }
        return known.size() < limit && admit(name) ? name : OTHER;
    }

    private synchronized boolean admit(String name) {
        return known.contains(name) || (known.size() < limit && known.add(name));
    }
}
