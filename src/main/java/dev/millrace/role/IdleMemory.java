package dev.millrace.role;

import io.quarkus.runtime.ImageMode;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.RuntimeOptions;

/**
 * Gives back what a native process no longer needs while it has little to do. Its collector keeps the memory that it once
 * took, and lets what little an idle process makes pile up until the young generation is full; a generation so small that
 * this did not matter would cost a busy process half of its speed.
 */
@Singleton
@Priority(100)
public class IdleMemory implements Role {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    /** What the collector may keep for what comes next; it is given as bytes. */
    private static final String MOST_KEPT = "MaxHeapFree";

    private static final long KEPT_BYTES = 1 << 20;
    /** As much as the collector finds right. */
    private static final long AS_IT_LIKES = 0;

    private final Stillness stillness = new Stillness();
    private ScheduledExecutorService timer;
    private boolean stopped;

    @Override
    public String name() {
        return "memory";
    }

    /** On a JVM the options of its collectors do this. */
    @Override
    public synchronized void start() {
        if (timer != null || stopped || ImageMode.current() != ImageMode.NATIVE_RUN) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("idle-memory").factory());
        timer.scheduleWithFixedDelay(this::runOnce, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void quiet() {
        // It takes on nothing.
    }

    @Override
    public synchronized void stop(Duration drain) {
        stopped = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void runOnce() {
        if (!stillness.isWorthCollecting(used())) {
            return;
        }
        RuntimeOptions.set(MOST_KEPT, KEPT_BYTES);
        System.gc();
        RuntimeOptions.set(MOST_KEPT, AS_IT_LIKES);
        stillness.collected(used());
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
