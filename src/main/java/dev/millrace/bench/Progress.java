package dev.millrace.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A line on the error stream of a terminal, drawn a few times a second; nothing elsewhere. */
final class Progress implements AutoCloseable {
    private static final long REDRAW_MILLIS = 250;
    private static final String OVER_THE_LINE = "\r\u001b[K";

    private final LongAdder done = new LongAdder();
    private final String task;
    private final long steps;
    private final ScheduledExecutorService painter;

    Progress(String task, long steps, boolean shown) {
        this.task = task;
        this.steps = Math.max(1, steps);
        painter = shown
                ? Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory())
                : null;
        if (painter != null) {
            painter.scheduleAtFixedRate(this::draw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Cheap enough for every task. */
    void step(long by) {
        done.add(by);
    }

    @Override
    public void close() {
        if (painter != null) {
            painter.shutdownNow();
            System.err.print(OVER_THE_LINE);
        }
    }

    private void draw() {
        System.err.print("%s%s: %d%%".formatted(OVER_THE_LINE, task, 100 * done.sum() / steps));
    }
}
