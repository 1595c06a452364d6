package dev.millrace.role;

import java.time.Duration;

/**
 * Something that runs in the background for as long as the process does. Every call may come more than once and in any
 * order: starting twice is starting once, and stopping what never started, or has stopped, does nothing. What has
 * stopped stays stopped.
 */
public interface Role {
    /** For people and logs, such as {@code worker}. */
    String name();

    /** Begins; does not block. */
    void start();

    /** Takes on nothing new from now on. What runs goes on. Does not block. */
    void quiet();

    /**
     * Lets what runs end, hands the rest back, and ends.
     *
     * @param drain how long what runs may still take; handing back comes after that and takes a moment
     */
    void stop(Duration drain);
}
