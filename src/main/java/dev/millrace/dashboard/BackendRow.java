package dev.millrace.dashboard;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;
import java.util.Locale;

/**
 * A backend on its destination's page.
 *
 * @param state what keeps it from getting tasks, or that nothing does
 * @param mark the colour of that
 * @param share in percent of the deliveries, as the weights are now
 */
public record BackendRow(
        String url,
        int weight,
        boolean draining,
        String state,
        String mark,
        String share,
        int inFlight,
        long answered,
        long failed,
        String p50,
        String p95) {
    /**
     * @param view null when no node sends anything there
     * @param all the weight of all that get any
     */
    static BackendRow of(Backend backend, RouteView.BackendView view, double all) {
        if (view == null) {
            return new BackendRow(
                    backend.url(),
                    backend.weight(),
                    backend.draining(),
                    backend.draining() ? "draining" : "unused",
                    "none",
                    "–",
                    0,
                    0,
                    0,
                    "–",
                    "–");
        }
        Spread times = view.figures().times();
        String state = state(backend, view);
        return new BackendRow(
                backend.url(),
                backend.weight(),
                backend.draining(),
                state,
                mark(state),
                String.format(Locale.ROOT, "%.0f %%", all <= 0 ? 0 : 100 * weight(backend, view) / all),
                view.figures().inFlight(),
                view.figures().answered(),
                view.figures().failed(),
                DestinationRow.millis(times.median(), times),
                DestinationRow.millis(times.p95(), times));
    }

    /** Of what it gets now; 0 while it gets nothing. */
    static double weight(Backend backend, RouteView.BackendView view) {
        return switch (state(backend, view)) {
            case "up", "returning" -> view.figures().share();
            default -> 0;
        };
    }

    private static String state(Backend backend, RouteView.BackendView view) {
        if (backend.draining()) {
            return "draining";
        }
        if (!view.healthy()) {
            return "unhealthy";
        }
        if (!view.breaker().equals("closed")) {
            return view.breaker();
        }
        if (view.paused()) {
            return "asked for time";
        }
        return view.figures().share() < backend.weight() ? "returning" : "up";
    }

    private static String mark(String state) {
        return switch (state) {
            case "up" -> "up";
            case "unhealthy", "open" -> "down";
            case "draining" -> "none";
            default -> "paused";
        };
    }
}
