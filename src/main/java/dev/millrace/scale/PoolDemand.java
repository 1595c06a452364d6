package dev.millrace.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How much work a pool has.
 *
 * @param waiting tasks that are ready, or due by the time a worker that is woken now would be there, as far as
 *     the concurrency and the rates of their queues allow
 * @param demand those and the ones that run
 * @param workers that are wanted for it
 * @param coldStart how long it takes to wake one, as far as is known
 * @param nextDueAt when the next scheduled task is due, or a rate lets the next one start; null when none is
 * @param at the moment of all this, by the store's clock
 * @param work tells it from other work
 */
public record PoolDemand(
        String name,
        long waiting,
        long demand,
        int workers,
        Duration coldStart,
        Instant nextDueAt,
        Instant at,
        Work work) {
    /**
     * What differs as soon as other tasks wait, be they as many.
     *
     * @param tasks that there are in any state
     * @param oldestReadyAt since when the longest ready one waits; null when none does
     */
    public record Work(long waiting, long tasks, Instant oldestReadyAt) {
        static Work of(List<QueueDemand> queues) {
            return new Work(
                    queues.stream().mapToLong(QueueDemand::waiting).sum(),
                    queues.stream()
                            .flatMap(each -> each.queue().counts().values().stream())
                            .mapToLong(Long::longValue)
                            .sum(),
                    queues.stream()
                            .map(each -> each.queue().oldestReadyAt())
                            .filter(Objects::nonNull)
                            .min(Instant::compareTo)
                            .orElse(null));
        }
    }

    static PoolDemand of(Pool pool, List<QueueDemand> queues, Duration coldStart, Instant at) {
        long demand = queues.stream().mapToLong(QueueDemand::wanted).sum();
        Work work = Work.of(queues);
        return new PoolDemand(
                pool.name(),
                work.waiting(),
                demand,
                pool.size().workers(demand),
                coldStart,
                queues.stream()
                        .map(QueueDemand::nextAt)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                at,
                work);
    }
}
