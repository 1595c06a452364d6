package dev.millrace.cli;

/** A progress bar for tasks that are gone through. */
final class CountProgress implements AutoCloseable {
    private final Bar bar;
    private final String label;
    private final long total;
    private final long start = System.nanoTime();

    /**
     * @param total -1 when it is not known
     */
    CountProgress(String label, long total, Terminal terminal) {
        this.bar = new Bar(terminal);
        this.label = label;
        this.total = total;
    }

    void at(long count) {
        bar.show(line(count, (System.nanoTime() - start) / 1e9));
    }

    String line(long count, double seconds) {
        String counts = "%,d tasks, %,.0f/s".formatted(count, count / Math.max(seconds, 1e-3));
        return label + " " + (total <= 0 ? "" : Bar.of((double) count / total) + "  ") + counts;
    }

    @Override
    public void close() {
        bar.close();
    }
}
