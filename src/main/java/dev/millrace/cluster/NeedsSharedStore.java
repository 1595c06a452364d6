package dev.millrace.cluster;

/** Of a process that cannot work with a store which belongs to it alone: asked before one is opened. */
public interface NeedsSharedStore {
    /** Why, and what to do: a sentence for people. */
    String why();
}
