package dev.millrace.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How much work a pool has.
 *
 * @param waiting tasks that are ready, or due by the time a worker that is woken now would be there, as far as
 *     the concurrency of their queues allows
 * @param demand those and the ones that run
 * @param workers that are wanted for it
 * @param coldStart how long it takes to wake one, as far as is known
 * @param nextDueAt when the next scheduled task is due; null when none is
 * @param at the moment of all this, by the store's clock
 */
public record PoolDemand(
        String name, long waiting, long demand, int workers, Duration coldStart, Instant nextDueAt, Instant at) {
    static PoolDemand of(Pool pool, List<QueueDemand> queues, Duration coldStart, Instant at) {
        long demand = queues.stream().mapToLong(QueueDemand::wanted).sum();
        return new PoolDemand(
                pool.name(),
                queues.stream().mapToLong(QueueDemand::waiting).sum(),
                demand,
                pool.size().workers(demand),
                coldStart,
                queues.stream()
                        .filter(each -> !each.queue().paused())
                        .map(each -> each.queue().nextDueAt())
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                at);
    }
}
