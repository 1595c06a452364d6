package dev.millrace.queue;

import java.time.Duration;
import java.util.List;

/**
 * A worker asks for tasks.
 *
 * @param queues in order of preference; need not exist
 * @param max 1 to 500
 * @param lease PT1S to PT12H
 * @param patience zero to PT20S; how long it may take until there is something
 */
public record LeaseCall(List<String> queues, int max, Duration lease, Duration patience, String worker, Lanes lanes) {}
