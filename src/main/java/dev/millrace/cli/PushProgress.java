package dev.millrace.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal, nothing elsewhere. */
final class PushProgress implements Push.Progress, AutoCloseable {
    private static final long KIB = 1024;

    private final ProgressBar bar;

    private PushProgress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * @param length of the input in bytes; -1 when it is not known
     */
    static PushProgress of(String queue, long length, Terminal terminal) {
        if (!terminal.live()) {
            return new PushProgress(null);
        }
        return new PushProgress(new ProgressBarBuilder()
                .setTaskName(queue)
                .setInitialMax(length)
                .setUnit(" KiB", KIB)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 100))
                .build());
    }

    @Override
    public void at(long accepted, long bytesRead) {
        if (bar != null) {
            bar.stepTo(bytesRead);
            bar.setExtraMessage("%,d tasks".formatted(accepted));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
