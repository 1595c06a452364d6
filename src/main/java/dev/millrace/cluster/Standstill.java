package dev.millrace.cluster;

/** For processes that their platform stops between two pieces of work, for any length of time and without a word. */
public interface Standstill {
    /**
     * There may have been one: connections, which nobody else may know of any more, are made anew, and the store is asked
     * for its time. Calls that are under way may fail. Blocks.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE}
     */
    void end();
}
