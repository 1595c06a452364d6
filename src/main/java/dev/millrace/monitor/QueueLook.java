package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.queue.AtOnce;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.TaskState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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

    /** Types that a finding names, of those in the sample. */
    private static final int NAMED = 5;

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
        idle(stuck.subList(0, Math.min(DEEPEST, stuck.size())), now, findings);
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

    private void idle(List<QueueSnapshot> stuck, Instant now, List<Finding> findings) {
        if (stuck.isEmpty()) {
            return;
        }
        Map<String, Set<String>> run = runLately(stuck, now);
        List<Supplier<Set<String>>> looks = new ArrayList<>();
        stuck.forEach(queue -> looks.add(() -> unserved(queue.name(), run.get(queue.name()), now)));
        List<Set<String>> types = AtOnce.ask(looks);
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).isEmpty()) {
                findings.add(noWorker(stuck.get(i), types.get(i), now));
            }
        }
    }

    private static Finding noWorker(QueueSnapshot queue, Set<String> types, Instant now) {
        return finding(
                Severity.WARNING,
                "no-worker",
                "Nobody runs tasks of type " + named(types) + " in queue " + queue.name()
                        + ": they wait for "
                        + Duration.between(queue.oldestReadyAt(), now).toMinutes()
                        + " min and none was run in the last " + LATELY.toMinutes()
                        + ". Start a worker that takes them.");
    }

    private static String named(Set<String> types) {
        String some = types.stream().limit(NAMED).collect(Collectors.joining(", "));
        return types.size() <= NAMED ? some : some + " and " + (types.size() - NAMED) + " more";
    }

    /** Types of tasks that wait for a while, of which none was run lately and none runs. */
    private Set<String> unserved(String queue, Set<String> run, Instant now) {
        TaskFilter old = new TaskFilter(queue, TaskState.READY, null, null, Map.of(), null, now.minus(SOON));
        Set<String> types = types(old, now);
        types.removeAll(run);
        if (!types.isEmpty()) {
            types.removeAll(types(TaskFilter.ofQueue(queue, TaskState.RUNNING), now));
        }
        return types;
    }

    private Set<String> types(TaskFilter filter, Instant now) {
        return tasks.list(filter, null, SAMPLE, now).tasks().stream()
                .map(task -> task.spec().type())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By queue. */
    private Map<String, Set<String>> runLately(List<QueueSnapshot> some, Instant now) {
        Map<String, Instant> from =
                some.stream().collect(Collectors.toMap(QueueSnapshot::name, queue -> now.minus(LATELY)));
        Map<String, Set<String>> run = new HashMap<>();
        series.minutes(from, now.plus(SOON)).forEach((queue, minutes) -> {
            Set<String> types = run.computeIfAbsent(queue, name -> new TreeSet<>());
            minutes.forEach(minute -> minute.ended().forEach((type, counts) -> {
                if (counts.keySet().stream().anyMatch(SIGNS_OF_WORK::contains)) {
                    types.add(type);
                }
            }));
        });
        return run;
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "queues", code, sentence);
    }
}
