package dev.millrace.cli;

/** Starts a server in this process. */
@FunctionalInterface
public interface ServerStart {
    /** Returns when the server ended, or not at all. */
    void start(StartOptions options);
}
