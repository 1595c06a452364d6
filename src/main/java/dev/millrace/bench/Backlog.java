package dev.millrace.bench;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Page;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each operation takes while a number of tasks wait: rounds that take out as many as they put in. */
final class Backlog {
    private static final int ROUNDS = 300;
    private static final int WARM_UP = 100;
    private static final int PAGE = 50;
    private static final int SHORT = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Rig rig;
    private final TaskStore tasks;
    private final int batch;
    private final Load load;
    private final Map<String, long[]> nanos = new LinkedHashMap<>();

    Backlog(Rig rig, int batch, Load load) {
        this.rig = rig;
        this.tasks = rig.storage().tasks();
        this.batch = batch;
        this.load = load;
    }

    /** Median microseconds by operation, with at least so many tasks waiting. */
    Map<String, Double> run(int waiting) throws Exception {
        try (Progress silent = new Progress("backlog", waiting, false)) {
            new Throughput(rig, TaskStore.STEP, load, silent).enqueue(waiting);
        }
        String middle = waiting > SHORT ? middleOf(waiting) : null;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            move(round);
            // In a short line those that stood behind it a round ago are gone by now.
            look(round, middle != null ? middle : middleOf(waiting));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        nanos.forEach((operation, taken) -> medians.put(operation, median(taken)));
        return medians;
    }

    private void move(int round) throws Exception {
        Storage storage = rig.storage();
        LeaseRequest request = new LeaseRequest(Rig.QUEUE, batch, LEASE, "bench", Lanes.ALL_TYPES);
        timed(round, "enqueue", () -> rig.doors().submissions().submitAll(Rig.QUEUE, load.drafts(batch)));
        List<Lease> leases =
                timed(round, "lease", () -> tasks.lease(request, storage.clock().instant()));
        List<Settlement> done = leases.stream()
                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                .toList();
        timed(round, "complete", () -> tasks.settle(done, storage.clock().instant()));
    }

    private void look(int round, String middle) throws Exception {
        Storage storage = rig.storage();
        timed(round, "firstPage", () -> page(TaskFilter.ofQueue(Rig.QUEUE, TaskState.READY), null));
        timed(round, "middlePage", () -> page(TaskFilter.ofQueue(Rig.QUEUE, TaskState.READY), middle));
        timed(round, "pageOfAll", () -> page(TaskFilter.ofQueue(Rig.QUEUE, null), null));
        timed(
                round,
                "demand",
                () -> storage.queues()
                        .findAll(List.of(Rig.QUEUE), storage.clock().instant()));
    }

    private Page page(TaskFilter filter, String cursor) {
        return tasks.list(filter, cursor, PAGE, rig.storage().clock().instant());
    }

    /** A cursor some way into the list. */
    private String middleOf(int waiting) {
        String cursor = null;
        int pages = Math.max(1, Math.min(waiting / 2 / LeaseRequest.MAX, 200));
        for (int i = 0; i < pages; i++) {
            TaskFilter ready = TaskFilter.ofQueue(Rig.QUEUE, TaskState.READY);
            cursor = tasks.list(
                            ready,
                            cursor,
                            LeaseRequest.MAX,
                            rig.storage().clock().instant())
                    .next();
        }
        return cursor;
    }

    private <T> T timed(int round, String operation, Step<T> step) throws Exception {
        long start = System.nanoTime();
        T answer = step.run();
        if (round >= 0) {
            nanos.computeIfAbsent(operation, name -> new long[ROUNDS])[round] = System.nanoTime() - start;
        }
        return answer;
    }

    private static double median(long[] taken) {
        Arrays.sort(taken);
        return Math.round(taken[taken.length / 2] / 100.0) / 10.0;
    }

    private interface Step<T> {
        T run() throws Exception;
    }
}
