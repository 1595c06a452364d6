package dev.millrace.cli;

/** A progress bar for input that is read. */
final class PushProgress implements BulkRun.Progress, AutoCloseable {
    private final Bar bar;
    private final String label;
    private final long length;
    private final long start = System.nanoTime();

    private PushProgress(Bar bar, String label, long length) {
        this.bar = bar;
        this.label = label;
        this.length = length;
    }

    /**
     * @param length of the input in bytes; -1 when it is not known
     */
    static PushProgress of(String label, long length, Terminal terminal) {
        return new PushProgress(new Bar(terminal), label, length);
    }

    @Override
    public void at(long accepted, long bytesRead) {
        bar.show(line(accepted, bytesRead, (System.nanoTime() - start) / 1e9));
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Such as {@code mail [====>     ]  45%  4,500 tasks, 21,000/s}; without the bar when the length is not known. */
    String line(long accepted, long bytesRead, double seconds) {
        String counts = "%,d tasks, %,.0f/s".formatted(accepted, accepted / Math.max(seconds, 1e-3));
        return label + (length <= 0 ? "" : " " + Bar.of((double) bytesRead / length)) + "  " + counts;
    }
}
