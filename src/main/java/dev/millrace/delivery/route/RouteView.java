package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Backend;
import java.time.Instant;
import java.util.List;

/**
 * How a destination does, as one node sees it.
 *
 * @param breaker {@code closed}, {@code open} or {@code half-open}
 * @param opened how often the breaker opened since the node started
 * @param room tasks that would be leased for it now
 * @param errors the latest ones, newest first
 */
public record RouteView(
        String breaker, long opened, int inFlight, int room, List<BackendView> backends, List<Trouble> errors) {
    /** Recent errors kept. */
    public static final int ERRORS = 20;

    /**
     * One backend.
     *
     * @param healthy as its health checks say; true without any
     * @param paused it asked to be left alone for a while
     */
    public record BackendView(Backend backend, boolean healthy, boolean paused, String breaker, Figures figures) {}

    /**
     * What was counted since the node started.
     *
     * @param times of the latest 256 answers
     * @param share its weight, less while it comes back
     */
    public record Figures(int inFlight, long answered, long failed, Spread times, double share) {}

    /**
     * A push that failed.
     *
     * @param message for everybody
     * @param detail for operators alone; null when there is no more to say
     */
    public record Trouble(Instant at, String backend, String message, String detail) {}
}
