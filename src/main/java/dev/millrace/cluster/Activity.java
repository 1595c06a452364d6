package dev.millrace.cluster;

/** What this process is busy with; the rooms that run things tell. */
public interface Activity {
    /** Tasks in its hands at this moment. */
    int running();
}
