package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Backend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How a destination does over all nodes.
 *
 * @param sum of what they told: counts together, and of states the worst; null when none sends anything there
 * @param nodes what each told, by node
 */
public record Overall(RouteView sum, List<Account> nodes) {
    private static final List<String> WORST_LAST = List.of("closed", "half-open", "open");

    static Overall of(List<Account> nodes) {
        return new Overall(
                nodes.isEmpty() ? null : sum(nodes.stream().map(Account::view).toList()), nodes);
    }

    private static RouteView sum(List<RouteView> views) {
        Map<String, List<RouteView.BackendView>> backends = new LinkedHashMap<>();
        List<RouteView.Trouble> errors = new ArrayList<>();
        for (RouteView view : views) {
            view.backends()
                    .forEach(backend -> backends.computeIfAbsent(
                                    backend.backend().url(), _ -> new ArrayList<>())
                            .add(backend));
            errors.addAll(view.errors());
        }
        errors.sort(Comparator.comparing(RouteView.Trouble::at).reversed());
        return new RouteView(
                worst(views, RouteView::breaker),
                total(views, RouteView::opened),
                (int) total(views, RouteView::inFlight),
                (int) Math.min(Integer.MAX_VALUE, total(views, RouteView::room)),
                backends.values().stream().map(Overall::together).toList(),
                List.copyOf(errors.subList(0, Math.min(errors.size(), RouteView.ERRORS))));
    }

    private static RouteView.BackendView together(List<RouteView.BackendView> same) {
        List<RouteView.Figures> figures =
                same.stream().map(RouteView.BackendView::figures).toList();
        Backend backend = same.getFirst().backend();
        return new RouteView.BackendView(
                backend,
                same.stream().allMatch(RouteView.BackendView::healthy),
                same.stream().anyMatch(RouteView.BackendView::paused),
                worst(same, RouteView.BackendView::breaker),
                new RouteView.Figures(
                        (int) total(figures, RouteView.Figures::inFlight),
                        total(figures, RouteView.Figures::answered),
                        total(figures, RouteView.Figures::failed),
                        Spread.together(
                                figures.stream().map(RouteView.Figures::times).toList()),
                        figures.stream()
                                .mapToDouble(RouteView.Figures::share)
                                .average()
                                .orElse(backend.weight())));
    }

    private static <T> long total(List<T> some, ToLongFunction<T> figure) {
        return some.stream().mapToLong(figure).sum();
    }

    private static <T> String worst(List<T> some, Function<T, String> state) {
        return some.stream()
                .map(state)
                .max(Comparator.comparingInt(WORST_LAST::indexOf))
                .orElseThrow();
    }
}
