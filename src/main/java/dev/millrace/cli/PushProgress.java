package dev.millrace.cli;

import java.io.PrintWriter;

/** A progress bar on a terminal, one line that is written over; nothing elsewhere. */
final class PushProgress implements Push.Progress, AutoCloseable {
    private static final int WIDTH = 40;
    private static final String OVER_THE_LINE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final String queue;
    private final long length;
    private final long start = System.nanoTime();

    private PushProgress(PrintWriter terminal, String queue, long length) {
        this.terminal = terminal;
        this.queue = queue;
        this.length = length;
    }

    /**
     * @param length of the input in bytes; -1 when it is not known
     */
    static PushProgress of(String queue, long length, Terminal terminal) {
        return new PushProgress(terminal.live() ? terminal.err() : null, queue, length);
    }

    @Override
    public void at(long accepted, long bytesRead) {
        show(line(accepted, bytesRead, (System.nanoTime() - start) / 1e9));
    }

    @Override
    public void close() {
        show("");
    }

    /** Such as {@code mail [====>     ]  45%  4,500 tasks, 21,000/s}; without the bar when the length is not known. */
    String line(long accepted, long bytesRead, double seconds) {
        String counts = "%,d tasks, %,.0f/s".formatted(accepted, accepted / Math.max(seconds, 1e-3));
        if (length <= 0) {
            return queue + "  " + counts;
        }
        double share = Math.min(1, (double) bytesRead / length);
        int filled = (int) (share * WIDTH);
        String bar = "=".repeat(filled) + (filled < WIDTH ? ">" + " ".repeat(WIDTH - filled - 1) : "");
        return "%s [%s] %3.0f%%  %s".formatted(queue, bar, share * 100, counts);
    }

    private void show(String line) {
        if (terminal != null) {
            terminal.print(OVER_THE_LINE + line);
            terminal.flush();
        }
    }
}
