package dev.millrace.queue;

import java.util.List;

/**
 * @param next null at the end
 */
public record QueuePage(List<QueueSnapshot> items, String next) {}
