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

/** Makes scheduled tasks ready when they are due, takes back expired leases, lets old tasks expire. */
@ApplicationScoped
class TidyQueues implements Chore {
    static final int STEP = 500;
    /** Steps for one queue before the others have their turn; the rest waits for the next run. */
    private static final int STEPS = 20;

    private final QueueStore queues;
    private final TaskStore tasks;
    private final InstantSource clock;

    TidyQueues(QueueStore queues, TaskStore tasks, InstantSource clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tidy-queues";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int runOnce() {
        EachQueue each = new EachQueue();
        for (List<String> names : EachQueue.slices(List.copyOf(queues.names().keySet()))) {
            for (QueueSnapshot queue : queues.findAll(names, clock.instant())) {
                if (mayNeedIt(queue)) {
                    each.run(queue.name(), () -> tidy(queue.name()));
                }
            }
        }
        return each.done();
    }

    /** Nothing falls due in a queue in which nothing waits and nothing runs, so most cost nothing. */
    private static boolean mayNeedIt(QueueSnapshot queue) {
        return queue.count(TaskState.SCHEDULED) > 0
                || queue.count(TaskState.READY) > 0
                || queue.count(TaskState.BLOCKED) > 0
                || queue.count(TaskState.RUNNING) > 0;
    }

    private int tidy(String queue) {
        int moved = 0;
        for (int step = 0; step < STEPS; step++) {
            int some = tasks.tidy(queue, STEP, clock.instant());
            moved += some;
            if (some < STEP) {
                break;
            }
        }
        return moved;
    }
}
