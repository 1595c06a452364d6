package dev.millrace.task;

import java.time.Duration;

/**
 * At most one live task of a queue holds a key.
 *
 * @param key 1 to 256 characters
 * @param ttl the key is free again after this, even if the task lives on; null holds it until the task ends
 */
public record Unique(String key, Duration ttl, Mode mode) {
    /** What a second submission gets: 409, the first task, or the place of the first task. */
    public enum Mode {
        REJECT,
        RETURN,
        REPLACE
    }
}
