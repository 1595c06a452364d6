package dev.millrace.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Copies the store while it works. */
public interface StoreBackup {
    /**
     * Copies everything that was acknowledged before the call, as of one moment. Blocks for as long as that takes, which
     * grows with the store; one at a time, a second caller waits for the first.
     *
     * @param now names the copy
     * @return the copy, whole and durable
     * @throws dev.millrace.task.MillraceException {@code STORE_FULL} when the disk has no room for it, {@code
     *     STORE_UNAVAILABLE} when it could not be made, {@code INVALID_REQUEST} when the store has ways of its own, which
     *     the sentence names
     */
    Copy take(Instant now);

    /**
     * A copy.
     *
     * @param file on the machine of the process that was asked
     * @param took how long it took
     */
    record Copy(Path file, long bytes, Duration took) {}
}
