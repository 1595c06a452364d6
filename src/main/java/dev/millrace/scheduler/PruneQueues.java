package dev.millrace.scheduler;

import dev.millrace.cluster.Chore;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Removes ended tasks that are past their retention, a slice of each queue at a time so that nobody waits for it. */
@ApplicationScoped
class PruneQueues implements Chore {
    private static final Logger LOG = Logger.getLogger(PruneQueues.class);

    static final int STEP = 500;
    private static final int STEPS = 100;
    private static final int TURNS = 12;

    private final QueueStore queues;
    private final TaskStore tasks;
    private final InstantSource clock;
    private final AtomicInteger turns = new AtomicInteger();
    private final Set<String> nearlyFull = ConcurrentHashMap.newKeySet();

    PruneQueues(QueueStore queues, TaskStore tasks, InstantSource clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "prune-queues";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int runOnce() {
        int turn = turns.getAndIncrement();
        EachQueue each = new EachQueue();
        for (List<String> names : EachQueue.slices(List.copyOf(queues.names().keySet()))) {
            for (QueueSnapshot queue : queues.findAll(names, clock.instant())) {
                warn(queue);
                if (keepsAny(queue) || hasItsTurn(queue, turn)) {
                    each.run(queue.name(), () -> prune(queue.name()));
                }
            }
        }
        return each.done();
    }

    /** Once each time the bound comes near, and before the first dead letter goes for it. */
    private void warn(QueueSnapshot queue) {
        if (!queue.deadNearlyFull()) {
            nearlyFull.remove(queue.name());
        } else if (nearlyFull.add(queue.name())) {
            LOG.warnf(
                    "Queue %s keeps %d dead letters, more than four fifths of what its retention allows: the oldest go when"
                            + " it is full. Retry or delete them, or raise its retention of dead tasks",
                    queue.name(), queue.count(TaskState.DEAD));
        }
    }

    private static boolean keepsAny(QueueSnapshot queue) {
        return queue.counts().entrySet().stream()
                .anyMatch(count -> count.getKey().terminal() && count.getValue() > 0);
    }

    /** Names outlive their tasks, so a queue that keeps no task is looked at as well, though not each time. */
    private static boolean hasItsTurn(QueueSnapshot queue, int turn) {
        return Math.floorMod(queue.number() + turn, TURNS) == 0;
    }

    private int prune(String queue) {
        int removed = 0;
        for (int step = 0; step < STEPS; step++) {
            int some = tasks.prune(queue, STEP, clock.instant());
            removed += some;
            if (some < STEP) {
                break;
            }
        }
        return removed;
    }
}
