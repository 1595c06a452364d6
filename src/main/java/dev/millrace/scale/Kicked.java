package dev.millrace.scale;

import java.time.Duration;

/** What came of a kick. */
sealed interface Kicked {
    /**
     * A worker answered.
     *
     * @param done tasks that it ran
     * @param more there may be more to do
     * @param woke how long it took to reach it; null when it does not tell
     */
    record Answered(long done, boolean more, Duration woke) implements Kicked {}

    /** Nobody did, or not as a worker does. */
    record Failed(String reason) implements Kicked {}
}
