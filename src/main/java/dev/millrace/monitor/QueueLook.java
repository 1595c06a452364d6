package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether what waits gets done: types that nobody takes, queues that are paused or about to be full. */
@Singleton
class QueueLook implements Check {
    /** What waits no longer than this is not worth a word. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** A type of which nothing was run for so long has nobody who runs it. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    /** Queues looked into, those whose tasks wait longest; and tasks looked at in each. */
    private static final int DEEPEST = 20;

    private static final int SAMPLE = 100;
    private static final Set<String> SIGNS_OF_WORK =
            Set.of("succeeded", "failed", "dead", "released", "lease-expired", "timed-out");

    private final QueueStore queues;
    private final TaskStore tasks;
    private final SeriesStore series;
    private final InstantSource clock;

    QueueLook(QueueStore queues, TaskStore tasks, SeriesStore series, InstantSource clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.series = series;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "queues";
    }

    @Override
    public List<Finding> findings() {
        return findings(List.copyOf(queues.names().keySet()));
    }

    List<Finding> findings(List<String> names) {
        Instant now = clock.instant();
        List<Finding> findings = new ArrayList<>();
        List<QueueSnapshot> stuck = new ArrayList<>();
        for (QueueSnapshot queue : queues.findAll(names, now)) {
            boolean waits =
                    queue.oldestReadyAt() != null && queue.oldestReadyAt().isBefore(now.minus(SOON));
            if (waits && queue.paused()) {
                findings.add(paused(queue));
            } else if (waits && queue.room() > 0 && queue.nextStartAt(now) == null) {
                stuck.add(queue);
            }
            nearlyFull(queue, findings);
            deadNearlyFull(queue, findings);
        }
        stuck.sort(Comparator.comparing(QueueSnapshot::oldestReadyAt));
        stuck.stream().limit(DEEPEST).forEach(queue -> idle(queue, now, findings));
        return findings;
    }

    private static Finding paused(QueueSnapshot queue) {
        return finding(
                Severity.NOTE,
                "queue-paused",
                "Queue " + queue.name() + " is paused, and " + queue.count(TaskState.READY)
                        + " tasks wait in it. Let them go on with: millrace resume " + queue.name());
    }

    private static void nearlyFull(QueueSnapshot queue, List<Finding> findings) {
        Long most = queue.config().maxDepth();
        long depth = queue.count(TaskState.READY) + queue.count(TaskState.SCHEDULED) + queue.count(TaskState.BLOCKED);
        if (most != null && depth * 10 >= most * 9) {
            findings.add(finding(
                    Severity.WARNING,
                    "queue-nearly-full",
                    "Queue " + queue.name() + " holds " + depth + " of at most " + most
                            + " tasks, after which it refuses more. Add workers, or raise its maxDepth."));
        }
    }

    /** Before the first dead letter goes for want of room, somebody has to have been told. */
    private static void deadNearlyFull(QueueSnapshot queue, List<Finding> findings) {
        if (queue.deadNearlyFull()) {
            long count = queue.count(TaskState.DEAD);
            long bytes = queue.endedBytes().getOrDefault(TaskState.DEAD, 0L);
            findings.add(finding(
                    Severity.WARNING,
                    "dead-nearly-full",
                    "Queue " + queue.name() + " keeps " + count + " dead letters of " + bytes
                            + " bytes, more than four fifths of what its retention allows: the oldest go when it is"
                            + " full. Retry or delete them, or raise its retention of dead tasks."));
        }
    }

    private void idle(QueueSnapshot queue, Instant now, List<Finding> findings) {
        TaskFilter old = new TaskFilter(queue.name(), TaskState.READY, null, null, Map.of(), null, now.minus(SOON));
        Set<String> types = tasks.list(old, null, SAMPLE, now).tasks().stream()
                .map(task -> task.spec().type())
                .collect(Collectors.toCollection(TreeSet::new));
        if (types.isEmpty()) {
            return;
        }
        types.removeAll(runLately(queue, now));
        if (!types.isEmpty()) {
            findings.add(finding(
                    Severity.WARNING,
                    "no-worker",
                    "Nobody runs tasks of type " + String.join(", ", types) + " in queue " + queue.name()
                            + ": they wait for "
                            + Duration.between(queue.oldestReadyAt(), now).toMinutes()
                            + " min and none was run in the last " + LATELY.toMinutes()
                            + ". Start a worker that takes them."));
        }
    }

    private Set<String> runLately(QueueSnapshot queue, Instant now) {
        Set<String> types =
                tasks.list(TaskFilter.ofQueue(queue.name(), TaskState.RUNNING), null, SAMPLE, now).tasks().stream()
                        .map((Task task) -> task.spec().type())
                        .collect(Collectors.toSet());
        for (Minute minute : series.minutes(queue.name(), now.minus(LATELY), now.plus(SOON))) {
            minute.ended().forEach((type, counts) -> {
                if (counts.keySet().stream().anyMatch(SIGNS_OF_WORK::contains)) {
                    types.add(type);
                }
            });
        }
        return types;
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "queues", code, sentence);
    }
}
