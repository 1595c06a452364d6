package dev.millrace.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the error stream of a terminal, drawn a few times a second; nothing elsewhere. */
final class Progress implements AutoCloseable {
    private static final long REDRAW_MILLIS = 250;

    private final LongAdder done = new LongAdder();
    private final ProgressBar bar;
    private final ScheduledExecutorService painter;

    Progress(String task, long steps, boolean shown) {
        bar = shown
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis((int) REDRAW_MILLIS)
                        .build()
                : null;
        painter = shown
                ? Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory())
                : null;
        if (painter != null) {
            painter.scheduleAtFixedRate(() -> bar.stepTo(done.sum()), 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Cheap enough for every task. */
    void step(long by) {
        done.add(by);
    }

    @Override
    public void close() {
        if (bar != null) {
            painter.shutdownNow();
            bar.stepTo(done.sum());
            bar.close();
        }
    }
}
