package dev.millrace.delivery.route;

/** So many a second, up to a second's worth at once. Not to be shared between threads. */
final class Rate {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private double saved;
    private long at;

    Rate(int perSecond, long now) {
        this.perSecond = perSecond;
        this.saved = perSecond;
        this.at = now;
    }

    int room(long now) {
        saved = Math.min(perSecond, saved + (now - at) / NANOS * perSecond);
        at = now;
        return (int) saved;
    }

    void take() {
        saved--;
    }
}
