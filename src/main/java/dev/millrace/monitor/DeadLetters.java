package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The dead tasks of queues by how they failed, from what the store counts: no task is looked at. */
@Singleton
public class DeadLetters {
    /** Queues that are looked at: those with the most dead. */
    static final int QUEUES = 200;

    /** Groups read in all, about; but at least so many of each queue. */
    private static final int READ = 2_000;

    private static final int FEWEST = 10;

    private final SeriesStore series;

    DeadLetters(SeriesStore series) {
        this.series = series;
    }

    /**
     * @param groups those with the most dead, of them the last seen first
     * @param dead tasks that are dead in all these queues
     * @param others of them, about: those in none of these groups
     */
    public record Found(List<DeadGroup> groups, long dead, long others) {}

    /**
     * @param limit groups, 1 to {@link SeriesStore#ERROR_GROUPS}
     */
    public Found of(Collection<QueueSnapshot> queues, int limit) {
        List<String> most = queues.stream()
                .filter(queue -> queue.count(TaskState.DEAD) > 0)
                .sorted(Comparator.comparingLong((QueueSnapshot queue) -> -queue.count(TaskState.DEAD))
                        .thenComparing(QueueSnapshot::name))
                .limit(QUEUES)
                .map(QueueSnapshot::name)
                .toList();
        if (most.isEmpty()) {
            return new Found(List.of(), 0, 0);
        }
        int each = Math.min(limit, Math.max(FEWEST, READ / most.size()));
        List<DeadGroup> groups = series.deadGroups(most, each).stream()
                .sorted(Comparator.comparingLong(group -> -group.dead()))
                .limit(limit)
                .sorted(Comparator.comparing(
                                (DeadGroup group) -> group.failures().last())
                        .reversed())
                .toList();
        long dead =
                queues.stream().mapToLong(queue -> queue.count(TaskState.DEAD)).sum();
        long shown = groups.stream().mapToLong(DeadGroup::dead).sum();
        return new Found(groups, dead, Math.max(0, dead - shown));
    }
}
