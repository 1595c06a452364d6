package dev.millrace.dashboard;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.route.Overall;
import dev.millrace.delivery.route.RouteView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A destination's page.
 *
 * @param breaker null when no node sends anything there
 * @param nodes one for each that does
 * @param errors the latest, newest first
 */
public record DestinationView(
        Destination destination,
        String breaker,
        long opened,
        int inFlight,
        int room,
        List<BackendRow> backends,
        List<NodeRow> nodes,
        List<Failure> errors) {
    /** One node's part. */
    public record NodeRow(String node, Instant at, String breaker, int inFlight, long answered, long failed) {
        /** The colour of the breaker's state. */
        public String mark() {
            return DestinationView.mark(breaker);
        }
    }

    /**
     * @param detail for operators alone; null when there is none, or for others
     */
    public record Failure(Instant at, String backend, String message, String detail) {}

    private static List<BackendRow> rows(List<Backend> backends, Map<String, RouteView.BackendView> known) {
        double all = backends.stream()
                .filter(backend -> known.containsKey(backend.url()))
                .mapToDouble(backend -> BackendRow.weight(backend, known.get(backend.url())))
                .sum();
        return backends.stream()
                .map(backend -> BackendRow.of(backend, known.get(backend.url()), all))
                .toList();
    }

    static DestinationView of(Destination destination, Overall overall, boolean operator) {
        RouteView sum = overall.sum();
        Map<String, RouteView.BackendView> known = sum == null
                ? Map.of()
                : sum.backends().stream()
                        .collect(Collectors.toMap(view -> view.backend().url(), Function.identity()));
        return new DestinationView(
                destination,
                sum == null ? null : sum.breaker(),
                sum == null ? 0 : sum.opened(),
                sum == null ? 0 : sum.inFlight(),
                sum == null ? 0 : sum.room(),
                rows(destination.backends(), known),
                overall.nodes().stream()
                        .map(account -> node(account.node(), account.at(), account.view()))
                        .toList(),
                sum == null
                        ? List.of()
                        : sum.errors().stream()
                                .map(trouble -> new Failure(
                                        trouble.at(),
                                        trouble.backend(),
                                        trouble.message(),
                                        operator ? trouble.detail() : null))
                                .toList());
    }

    private static NodeRow node(String node, Instant at, RouteView view) {
        long answered = 0;
        long failed = 0;
        for (RouteView.BackendView backend : view.backends()) {
            answered += backend.figures().answered();
            failed += backend.figures().failed();
        }
        return new NodeRow(node, at, view.breaker(), view.inFlight(), answered, failed);
    }

    /** The colour of the breaker's state. */
    public String mark() {
        return mark(breaker);
    }

    static String mark(String breaker) {
        return switch (breaker == null ? "" : breaker) {
            case "closed" -> "up";
            case "open" -> "down";
            case "half-open" -> "paused";
            default -> "none";
        };
    }

    /**
     * One setting and what it is.
     *
     * @param link where that leads; null for nowhere
     */
    public record Fact(String name, String value, String link) {
        Fact(String name, String value) {
            this(name, value, null);
        }
    }

    public List<Fact> settings() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Balance", destination.balance().wire()));
        facts.add(new Fact("Sticky", destination.sticky() == null ? "no" : "label " + destination.sticky()));
        limits(facts);
        facts.add(new Fact("Health check", check(destination.healthCheck())));
        BreakerPolicy breaking = destination.breaker();
        facts.add(new Fact(
                "Breaker",
                breaking.failures() + " failures in " + Format.span(breaking.window()) + ", open for "
                        + Format.span(breaking.open()) + ", " + breaking.probes() + " probes"));
        String fallback = destination.fallback();
        facts.add(
                fallback == null
                        ? new Fact("Fallback", "wait")
                        : new Fact("Fallback", fallback, "/destinations/" + fallback));
        facts.add(new Fact(
                "Signed",
                switch (destination.wire().secrets().size()) {
                    case 0 -> "no";
                    case 1 -> "yes";
                    default -> "with two secrets";
                }));
        return facts;
    }

    private void limits(List<Fact> facts) {
        Limits limits = destination.limits();
        facts.add(new Fact("At once", Format.grouped(limits.concurrency()) + " from each node"));
        facts.add(new Fact(
                "Rate",
                limits.rate() == null ? "no limit" : Format.grouped(limits.rate()) + " a second from each node"));
        facts.add(new Fact("Timeout", limits.timeout() == null ? "the task's" : Format.span(limits.timeout())));
    }

    private static String check(HealthCheck check) {
        return check == null ? "none" : check.path() + " each " + Format.span(check.interval());
    }
}
