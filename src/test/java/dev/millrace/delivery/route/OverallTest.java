package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OverallTest {
    private static final long MILLI = 1_000_000L;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static Spread spread(long fromMilli, long toMilli) {
        return Spread.of(LongStream.rangeClosed(fromMilli, toMilli)
                .map(milli -> milli * MILLI)
                .toArray());
    }

    private static Account account(String node, String breaker, boolean healthy, Spread times, int second) {
        RouteView.BackendView backend = new RouteView.BackendView(
                new Backend("http://a/", 1, false),
                healthy,
                false,
                "closed",
                new RouteView.Figures(2, 100, 7, times, 1));
        RouteView.Trouble trouble = new RouteView.Trouble(NOW.plusSeconds(second), "http://a/", node, null);
        return new Account(node, NOW, new RouteView(breaker, 1, 2, 62, List.of(backend), List.of(trouble)));
    }

    @Test
    void noNodeIsNoSum() {
        assertThat(Overall.of(List.of()).sum()).isNull();
    }

    @Test
    void countsAreAddedAndTheWorstStateShows() {
        RouteView sum = Overall.of(List.of(
                        account("n1", "closed", true, Spread.NONE, 1),
                        account("n2", "half-open", false, Spread.NONE, 2)))
                .sum();
        assertThat(sum.breaker()).isEqualTo("half-open");
        assertThat(sum.opened()).isEqualTo(2);
        assertThat(sum.inFlight()).isEqualTo(4);
        assertThat(sum.room()).isEqualTo(124);
        assertThat(sum.backends()).hasSize(1);
        assertThat(sum.backends().getFirst().healthy()).isFalse();
        assertThat(sum.backends().getFirst().figures()).isEqualTo(new RouteView.Figures(4, 200, 14, Spread.NONE, 1));
        assertThat(sum.errors()).extracting(RouteView.Trouble::message).containsExactly("n2", "n1");
    }

    @Test
    void quantilesOfAllNodesAreThoseOfAllAnswers() {
        Spread both = Spread.together(List.of(spread(1, 100), spread(101, 200)));
        assertThat(both.samples()).isEqualTo(200);
        assertThat(both.median()).isBetween(91.0, 106.0);
        assertThat(both.p95()).isBetween(185.0, 196.0);
        Spread uneven = Spread.together(List.of(spread(1, 20), spread(1001, 1200)));
        assertThat(uneven.median()).isGreaterThan(1000);
        assertThat(Spread.together(List.of(Spread.NONE, spread(1, 100)))).isEqualTo(spread(1, 100));
        assertThat(Spread.NONE.p95()).isZero();
    }
}
