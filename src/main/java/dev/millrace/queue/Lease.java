package dev.millrace.queue;

import dev.millrace.task.Task;
import java.time.Instant;

/** A task handed to a worker until {@code expiresAt}, by the store's clock. The task comes without history and log. */
public record Lease(LeaseToken token, Instant expiresAt, Task task) {}
