package dev.millrace.cli;

import java.io.PrintWriter;

/** A line on a terminal that is written over and over; nothing elsewhere. */
final class Bar implements AutoCloseable {
    private static final int WIDTH = 40;
    private static final String OVER_THE_LINE = "\r\u001b[K";

    private final PrintWriter terminal;

    /** On standard error, if that is one. */
    Bar(Terminal terminal) {
        this.terminal = terminal.live() ? terminal.err() : null;
    }

    void show(String line) {
        if (terminal != null) {
            terminal.print(OVER_THE_LINE + line);
            terminal.flush();
        }
    }

    /** Leaves nothing behind. */
    @Override
    public void close() {
        show("");
    }

    /**
     * Such as {@code [====>     ]  45%}.
     *
     * @param share 0 to 1; more counts as 1
     */
    static String of(double share) {
        double some = Math.min(1, share);
        int filled = (int) (some * WIDTH);
        String bar = "=".repeat(filled) + (filled < WIDTH ? ">" + " ".repeat(WIDTH - filled - 1) : "");
        return "[%s] %3.0f%%".formatted(bar, some * 100);
    }
}
