package dev.millrace.monitor;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Finds out why a task waits, from counters and the line before it; nothing is scanned. */
@ApplicationScoped
public class Waits {
    /** Tasks ahead are counted up to this. */
    static final int COUNTED = 1000;

    /** An idle worker takes a task well within this. */
    static final Duration PROMPT = Duration.ofSeconds(5);

    private final Tasks tasks;
    private final Queues queues;
    private final Nodes nodes;
    private final SeriesStore series;
    private final InstantSource clock;

    Waits(Tasks tasks, Queues queues, Nodes nodes, SeriesStore series, InstantSource clock) {
        this.tasks = tasks;
        this.queues = queues;
        this.nodes = nodes;
        this.series = series;
        this.clock = clock;
    }

    /**
     * The reasons, the strongest first; none for a task that ended.
     *
     * @param task with its history
     */
    public List<WaitReason> of(Task task) {
        if (task.state().terminal()) {
            return List.of();
        }
        QueueSnapshot queue = queues.find(task.queue()).orElse(null);
        if (queue == null) {
            return List.of();
        }
        List<WaitReason> reasons = new ArrayList<>();
        if (queue.paused() && task.state() != TaskState.RUNNING) {
            reasons.add(new WaitReason.Paused());
        }
        switch (task.state()) {
            case SCHEDULED -> reasons.add(scheduled(task));
            case BLOCKED -> reasons.add(new WaitReason.Blocked());
            case RUNNING ->
                reasons.add(new WaitReason.Held(
                        task.status().worker(), task.status().times().leaseExpiresAt()));
            default -> {
                OptionalInt ahead = tasks.ahead(task.id(), COUNTED);
                ahead.ifPresent(count -> reasons.addAll(ready(task, queue, count)));
            }
        }
        return reasons;
    }

    private static WaitReason scheduled(Task task) {
        Instant at = task.status().times().runAt();
        Event last = task.details().history().stream()
                .filter(event -> event.state() == TaskState.SCHEDULED)
                .reduce((before, after) -> after)
                .orElse(null);
        if (last != null && last.cause() == Cause.RELEASED) {
            return new WaitReason.Released(at, last.message());
        }
        if (last != null && (last.cause() == Cause.FAILED || last.cause() == Cause.TIMED_OUT)) {
            return new WaitReason.RetryWait(
                    task.status().attempts(), task.spec().retry().maxAttempts(), at);
        }
        return new WaitReason.Due(at);
    }

    private List<WaitReason> ready(Task task, QueueSnapshot queue, int ahead) {
        Instant now = clock.instant();
        Pace pace = Pace.of(
                series.minutes(task.queue(), now.minus(Pace.LOOK), now.plusSeconds(1)),
                task.spec().type(),
                now);
        List<Node> workers = nodes.list().stream().filter(Node::isWorker).toList();
        List<WaitReason> reasons = new ArrayList<>();
        if (queue.room() == 0) {
            reasons.add(new WaitReason.AtConcurrency(
                    queue.count(TaskState.RUNNING), queue.config().concurrency()));
        } else if (queue.nextStartAt(now) != null) {
            RateLimit rate = queue.config().rate();
            reasons.add(new WaitReason.AtRate(rate.limit(), rate.per(), queue.nextStartAt(now)));
        } else if (!queue.paused() && task.spec().destination() == null) {
            Duration waited = Duration.between(task.status().times().readyAt(), now);
            WaitReason nobody = allQuiet(workers)
                    ? new WaitReason.AllQuiet(workers.size())
                    : nobody(task.spec().type(), queue, pace, workers.size(), waited);
            if (nobody != null) {
                reasons.add(nobody);
            }
        }
        if (ahead > 0) {
            reasons.add(new WaitReason.InLine(ahead, ahead >= COUNTED, pace.until(ahead + 1)));
        } else if (reasons.isEmpty()) {
            reasons.add(new WaitReason.Next(pace.until(1)));
        }
        return reasons;
    }

    private static boolean allQuiet(List<Node> workers) {
        return !workers.isEmpty()
                && workers.stream().allMatch(node -> node.load().stage() == Node.Stage.QUIET);
    }

    /** Why nobody takes it; null when somebody may. Workers that lease over HTTP are no nodes, so leases count as well. */
    static WaitReason nobody(String type, QueueSnapshot queue, Pace pace, int workers, Duration waited) {
        long running = queue.count(TaskState.RUNNING);
        if (workers == 0 && running == 0 && pace.started() == 0) {
            return new WaitReason.NoWorker();
        }
        boolean idle = running == 0 || pace.started() > 0 && waited.compareTo(Pace.LOOK) > 0;
        if (pace.ended() == 0 && idle && waited.compareTo(PROMPT) > 0) {
            return new WaitReason.NoTaker(type, workers);
        }
        return null;
    }
}
