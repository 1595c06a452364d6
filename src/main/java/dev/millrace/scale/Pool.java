package dev.millrace.scale;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Workers that serve the same queues and are scaled together.
 *
 * @param queues those that it serves; empty for all that no other pool names
 * @param kick how to wake a worker; null when nobody has to
 * @param coldStart how long that takes, until it was measured
 */
record Pool(String name, Set<String> queues, Kick kick, Duration coldStart, Size size) {
    /**
     * @param key API key; null for none
     */
    record Kick(URI url, String key) {}

    /**
     * How many workers there may be.
     *
     * @param target tasks that one worker is to have at a time, 1 and up
     * @param min 0 and up
     * @param max 1 and up
     */
    record Size(int target, int min, int max) {
        /** How many are wanted for so many tasks. */
        int workers(long tasks) {
            return Math.clamp(Math.ceilDiv(tasks, target), min, max);
        }
    }
}
