package dev.millrace.dashboard;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.route.Overall;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;

/**
 * A destination in the list.
 *
 * @param well backends that may get tasks
 * @param p95 of answer times, in milliseconds; a dash when nothing was answered
 */
public record DestinationRow(
        String name,
        String balance,
        int backends,
        long well,
        String breaker,
        int inFlight,
        long answered,
        long failed,
        String p95) {
    static DestinationRow of(Destination destination, Overall overall) {
        RouteView sum = overall.sum();
        Spread times = sum == null
                ? Spread.NONE
                : Spread.together(sum.backends().stream()
                        .map(backend -> backend.figures().times())
                        .toList());
        return new DestinationRow(
                destination.name(),
                destination.balance().wire(),
                destination.backends().size(),
                sum == null
                        ? 0
                        : sum.backends().stream().filter(DestinationRow::isWell).count(),
                sum == null ? null : sum.breaker(),
                sum == null ? 0 : sum.inFlight(),
                sum == null
                        ? 0
                        : sum.backends().stream()
                                .mapToLong(backend -> backend.figures().answered())
                                .sum(),
                sum == null
                        ? 0
                        : sum.backends().stream()
                                .mapToLong(backend -> backend.figures().failed())
                                .sum(),
                millis(times.p95(), times));
    }

    static boolean isWell(RouteView.BackendView backend) {
        return backend.healthy()
                && !backend.paused()
                && !backend.backend().draining()
                && !backend.breaker().equals("open");
    }

    static String millis(double millis, Spread times) {
        return times.samples() == 0 ? "–" : Format.spanOfMillis(Math.round(millis));
    }

    /** The colour of its breaker's state. */
    public String mark() {
        return DestinationView.mark(breaker);
    }

    /** Some backend gets nothing, or the whole destination. */
    public boolean troubled() {
        return breaker != null && (!breaker.equals("closed") || well < backends);
    }
}
