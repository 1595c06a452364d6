package dev.millrace.worker;

import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.PayloadConfig;
import dev.millrace.task.NameRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a worker runs tasks.
 *
 * @param worker who it is in leases and histories, at most 128 characters
 * @param queues serves these only; empty for all
 * @param concurrency waiting tasks at once, 1 to 10,000
 * @param cpuThreads CPU-bound tasks at once, 1 to 1,000
 * @param batch tasks leased at a time, 1 to 500
 * @param lease PT1S to PT12H
 * @param onDemand leases only while a drain is under way
 * @param resultBytes the largest result of a task
 */
public record WorkerSettings(
        String worker,
        Set<String> queues,
        int concurrency,
        int cpuThreads,
        int batch,
        Duration lease,
        boolean onDemand,
        int resultBytes) {
    static final int RESULT_BYTES = 256 << 10;

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    public WorkerSettings {
        within("millrace.worker.concurrency", concurrency, 10_000);
        within("millrace.worker.cpu-threads", cpuThreads, 1_000);
        within("millrace.worker.batch", batch, LeaseRequest.MAX);
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LeaseRequest.LONGEST) > 0) {
            throw new IllegalArgumentException("millrace.worker.lease must be PT1S to PT12H, not " + lease);
        }
        for (String queue : queues) {
            if (!NameRules.isQueue(queue)) {
                throw new IllegalArgumentException("millrace.worker.queues names no queue: \"" + queue + "\"");
            }
        }
        queues = Set.copyOf(queues);
    }

    /** Of a worker that leases for as long as it runs, with the default bound of results. */
    public WorkerSettings(
            String worker, Set<String> queues, int concurrency, int cpuThreads, int batch, Duration lease) {
        this(worker, queues, concurrency, cpuThreads, batch, lease, false, RESULT_BYTES);
    }

    static WorkerSettings of(WorkerConfig config, PayloadConfig results, String worker) {
        return new WorkerSettings(
                worker,
                Set.copyOf(config.queues().orElse(List.of())),
                config.concurrency(),
                config.cpuThreads().orElse(Runtime.getRuntime().availableProcessors()),
                config.batch(),
                config.lease(),
                config.onDemand() || config.exitWhenIdle(),
                results.bytes());
    }

    /** Whether this worker has anything to do with a queue. */
    boolean serves(String queue) {
        return queues.isEmpty() || queues.contains(queue);
    }

    private static void within(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(key + " must be 1 to " + max + ", not " + value);
        }
    }
}
