package dev.millrace.bench;

import dev.millrace.queue.Submission;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Enqueues all tasks through the batch door, then has a worker lease, run and complete them all. */
final class Throughput {
    /** Calls under way at once. */
    private static final int IN_FLIGHT = 4;

    private final Rig rig;
    private final int batch;
    private final Load load;
    private final Progress progress;

    Throughput(Rig rig, int batch, Load load, Progress progress) {
        this.rig = rig;
        this.batch = batch;
        this.load = load;
        this.progress = progress;
    }

    /**
     * @param enqueued called between the two halves
     */
    Rates run(int tasks, Runnable enqueued) throws Exception {
        long start = System.nanoTime();
        enqueue(tasks);
        long enqueueNanos = System.nanoTime() - start;
        enqueued.run();
        return new Rates(tasks, enqueueNanos, process(tasks));
    }

    void enqueue(int tasks) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(tasks);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                sending.add(senders.submit(() -> sendUntilNoneAreLeft(left)));
            }
            for (Future<?> one : sending) {
                one.get();
            }
        }
    }

    private void sendUntilNoneAreLeft(AtomicInteger left) {
        List<TaskDraft> drafts = load.drafts(batch);
        int before = left.getAndAdd(-batch);
        while (before > 0) {
            int count = Math.min(batch, before);
            List<Submission> answers = rig.doors().submissions().submitAll(Rig.QUEUE, drafts.subList(0, count));
            if (!answers.stream().allMatch(answer -> answer.outcome() instanceof Submitted.Created)) {
                throw new IllegalStateException("A task of the bench was not accepted");
            }
            progress.step(count);
            before = left.getAndAdd(-batch);
        }
    }

    private long process(int tasks) throws Exception {
        CountDownLatch ran = new CountDownLatch(tasks);
        long start = System.nanoTime();
        try (Rig.Working _ = rig.work(batch, payload -> {
            ran.countDown();
            progress.step(1);
        })) {
            ran.await();
            rig.awaitEnd();
            return System.nanoTime() - start;
        }
    }
}
