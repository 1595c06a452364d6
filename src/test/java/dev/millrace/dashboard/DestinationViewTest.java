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
