package dev.millrace.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Submits single tasks at a steady rate, as requests would, and takes the time until their handler starts. The clock of a
 * task starts when it was due to be submitted, so that a stall counts for all that it held up.
 */
final class Latency {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final long PATIENCE_SECONDS = 30;
    private static final long WARM_UP_SECONDS = 2;

    private final Rig rig;
    private final Load load;
    private final int batch;

    Latency(Rig rig, Load load, int batch) {
        this.rig = rig;
        this.load = load;
        this.batch = batch;
    }

    /** Nanoseconds from submission to start. */
    Histogram run(int rate, Duration steady) throws Exception {
        int warmUp = (int) (rate * WARM_UP_SECONDS);
        int tasks = warmUp + (int) (rate * steady.toMillis() / 1000);
        long[] due = new long[tasks];
        Histogram taken = new ConcurrentHistogram(LONGEST, 3);
        CountDownLatch started = new CountDownLatch(tasks);
        LongAdder failed = new LongAdder();
        try (Rig.Working _ = rig.work(batch, payload -> {
            started.countDown();
            int number = Load.number(payload);
            long nanos = System.nanoTime() - due[number];
            if (number >= warmUp) {
                taken.recordValue(Math.clamp(nanos, 0, LONGEST));
            }
        })) {
            submit(due, rate, failed);
            if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(failed.sum() + " tasks were not accepted, " + started.getCount()
                        + " did not start within " + PATIENCE_SECONDS + " s after the last submission");
            }
            rig.awaitEnd();
        }
        return taken;
    }

    private void submit(long[] due, int rate, LongAdder failed) {
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        for (int i = 0; i < due.length; i++) {
            due[i] = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            waitUntil(due[i]);
            rig.doors().submissions().submit(Rig.QUEUE, load.draft(i)).whenComplete((answer, failure) -> {
                if (failure != null) {
                    failed.increment();
                }
            });
        }
    }

    private static void waitUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }
}
