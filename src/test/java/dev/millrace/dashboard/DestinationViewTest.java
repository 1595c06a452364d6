package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.Overall;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DestinationViewTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Backend ONE = new Backend("http://one.example/", 4, false);
    private static final Destination DESTINATION = DestinationForm.empty()
            .fresh("hooks", ONE.url())
            .withBackends(List.of(ONE, new Backend("http://two.example/", 1, true)));

    private static RouteView.BackendView backend(boolean healthy, boolean paused, String breaker, double share) {
        return new RouteView.BackendView(
                ONE,
                healthy,
                paused,
                breaker,
                new RouteView.Figures(
                        1, 20, 3, new Spread(20, Collections.nCopies(Spread.POINTS, 12_000_000L)), share));
    }

    private static Overall overall(RouteView.BackendView backend) {
        RouteView view = new RouteView(
                "half-open",
                2,
                1,
                60,
                List.of(backend),
                List.of(new RouteView.Trouble(NOW, ONE.url(), "could not be reached", "REFUSED: 10.0.0.1")));
        return new Overall(view, List.of(new Account("node-1", NOW, view)));
    }

    private static String state(RouteView.BackendView backend) {
        return DestinationView.of(DESTINATION, overall(backend), true)
                .backends()
                .getFirst()
                .state();
    }

    @Test
    void whyABackendWasNotReachedIsForOperatorsAlone() {
        Overall overall = overall(backend(true, false, "closed", 4));
        assertThat(DestinationView.of(DESTINATION, overall, true)
                        .errors()
                        .getFirst()
                        .detail())
                .isEqualTo("REFUSED: 10.0.0.1");
        assertThat(DestinationView.of(DESTINATION, overall, false)
                        .errors()
                        .getFirst()
                        .detail())
                .isNull();
    }

    @Test
    void stateOfABackendIsWhatKeepsItFromTasks() {
        assertThat(state(backend(true, false, "closed", 4))).isEqualTo("up");
        assertThat(state(backend(true, false, "closed", 1))).isEqualTo("returning");
        assertThat(state(backend(true, true, "closed", 4))).isEqualTo("asked for time");
        assertThat(state(backend(true, true, "open", 4))).isEqualTo("open");
        assertThat(state(backend(false, false, "open", 4))).isEqualTo("unhealthy");
    }

    /** What gets nothing now has no part in it, and what returns has as much as it gets already. */
    @Test
    void sharesOfBackendsAreOfWhatTheyGetNow() {
        Destination five = DESTINATION.withBackends(IntStream.range(0, 5)
                .mapToObj(index -> new Backend("http://" + index + ".example/", 4, index == 4))
                .toList());
        List<RouteView.BackendView> views = List.of(
                backend(five, 0, "closed", 4),
                backend(five, 1, "closed", 1),
                backend(five, 2, "open", 4),
                backend(five, 4, "closed", 4));
        assertThat(shares(five, views)).containsExactly("80 %", "20 %", "0 %", "–", "0 %");
        assertThat(shares(five, List.of(backend(five, 0, "open", 4))).getFirst())
                .isEqualTo("0 %");
        assertThat(shares(five, List.of(backend(five, 0, "closed", 2), backend(five, 1, "closed", 1))))
                .startsWith("67 %", "33 %");
    }

    private static RouteView.BackendView backend(Destination of, int index, String breaker, double share) {
        RouteView.Figures figures = backend(true, false, breaker, share).figures();
        return new RouteView.BackendView(of.backends().get(index), true, false, breaker, figures);
    }

    private static List<String> shares(Destination destination, List<RouteView.BackendView> backends) {
        RouteView view = new RouteView("closed", 0, 0, 60, backends, List.of());
        Overall overall = new Overall(view, List.of(new Account("node-1", NOW, view)));
        return DestinationView.of(destination, overall, true).backends().stream()
                .map(BackendRow::share)
                .toList();
    }

    @Test
    void backendThatNobodyTalksToSaysSo() {
        DestinationView view = DestinationView.of(DESTINATION, overall(backend(true, false, "closed", 4)), false);
        assertThat(view.backends()).extracting(BackendRow::state).containsExactly("up", "draining");
        DestinationView nobody = DestinationView.of(DESTINATION, new Overall(null, List.of()), false);
        assertThat(nobody.breaker()).isNull();
        assertThat(nobody.backends()).extracting(BackendRow::state).containsExactly("unused", "draining");
    }

    @Test
    void rowOfTheListCountsWhatIsWell() {
        DestinationRow row = DestinationRow.of(DESTINATION, overall(backend(true, false, "closed", 4)));
        assertThat(row.well()).isEqualTo(1);
        assertThat(row.troubled()).isTrue();
        assertThat(row.p95()).isEqualTo("12 ms");
        assertThat(DestinationRow.of(DESTINATION, new Overall(null, List.of())).p95())
                .isEqualTo("–");
    }
}
