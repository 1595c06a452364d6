package dev.millrace.delivery.route;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.queue.Lanes;
import dev.millrace.task.BatchId;
import dev.millrace.task.Details;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final long SECOND = 1_000_000_000L;
    private static final BreakerPolicy POLICY = new BreakerPolicy(3, Duration.ofSeconds(30), Duration.ofSeconds(10), 2);
    private static final Task TASK = task();

    private long now = 77;

    private static Task task() {
        TaskSpec spec = aTask().forDestination("d").build(Instant.EPOCH).spec();
        return new Task(
                BatchId.make(Instant.EPOCH, 1, new Random(1)).at(0), "q", spec, Status.submitted(spec), Details.NONE);
    }

    private static Destination destination(Limits limits, String... urls) {
        return destination("d", limits, null, urls);
    }

    private static Destination destination(String name, Limits limits, String fallback, String... urls) {
        return new Destination(
                name,
                Arrays.stream(urls).map(url -> new Backend(url, 1, false)).toList(),
                Balance.ROUND_ROBIN,
                null,
                limits,
                null,
                POLICY,
                fallback,
                Wire.DEFAULT,
                false,
                1);
    }

    private Route route(String... urls) {
        return new Route(destination(Limits.DEFAULT, urls), new Random(3), now);
    }

    private Route.Ticket pick(Route route) {
        return route.pick(TASK, Set.of(), now).orElseThrow();
    }

    private Map<String, Integer> answers(Route route, int count, Set<String> bad) {
        Map<String, Integer> picks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Route.Ticket ticket = pick(route);
            String url = ticket.backend().id();
            picks.merge(url, 1, Integer::sum);
            route.ended(ticket, !bad.contains(url), true, now);
        }
        return picks;
    }

    @Test
    void roomIsWhatConcurrencyLeaves() {
        Route route = new Route(destination(new Limits(null, 3, null), "a"), new Random(3), now);
        boolean probe = route.enter(now);
        route.enter(now);
        assertThat(route.room(now)).isEqualTo(1);
        route.enter(now);
        assertThat(route.room(now)).isZero();
        route.leave(probe, true, now);
        assertThat(route.room(now)).isEqualTo(1);
    }

    @Test
    void quickDestinationIsLeasedForAheadInFewSteps() {
        Route route = new Route(destination(new Limits(null, 4, null), "a"), new Random(3), now);
        deliver(route, 4_000);
        List<Integer> rooms = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int room = route.room(now);
            if (room > 0) {
                rooms.add(room);
            }
            for (int n = 0; n < room; n++) {
                route.enter(now);
            }
            deliver(route, 1);
        }
        assertThat(rooms.getFirst()).isBetween(100, 500);
        assertThat(rooms).hasSizeLessThan(12).allMatch(room -> room > 40);
    }

    @Test
    void slowDestinationIsNotLeasedForAhead() {
        Route route = new Route(destination(new Limits(null, 4, null), "a"), new Random(3), now);
        for (int i = 0; i < 20; i++) {
            now += SECOND;
            route.leave(route.enter(now), true, now);
            route.depart(now);
            route.arrive(now);
        }
        assertThat(route.room(now)).isEqualTo(4);
    }

    @Test
    void whatWasLeasedDepartsAsFarAsItMay() {
        Route route = new Route(destination(new Limits(null, 2, null), "a"), new Random(3), now);
        for (int i = 0; i < 3; i++) {
            route.enter(now);
        }
        assertThat(route.depart(now)).isEqualTo(Route.Departure.GO);
        assertThat(route.depart(now)).isEqualTo(Route.Departure.GO);
        assertThat(route.depart(now)).isEqualTo(Route.Departure.FULL);
        for (int i = 0; i < 3; i++) {
            route.leave(false, false, now);
        }
        route.arrive(now);
        assertThat(route.depart(now)).isEqualTo(Route.Departure.SHUT);
    }

    /** So many one after the other, a tenth of a millisecond apart. */
    private void deliver(Route route, int count) {
        for (int i = 0; i < count; i++) {
            now += SECOND / 10_000;
            boolean probe = route.enter(now);
            route.depart(now);
            route.arrive(now);
            route.leave(probe, true, now);
        }
    }

    @Test
    void roomIsWhatTheRateAllows() {
        Route route = new Route(destination(new Limits(null, 64, 10), "a"), new Random(3), now);
        for (int i = 0; i < 10; i++) {
            assertThat(route.room(now)).isEqualTo(10 - i);
            route.leave(route.enter(now), true, now);
        }
        assertThat(route.room(now)).isZero();
        now += SECOND / 2;
        assertThat(route.room(now)).isEqualTo(5);
        now += 60 * SECOND;
        assertThat(route.room(now)).isEqualTo(10);
    }

    @Test
    void failingBackendIsLeftAloneAndComesBackLittleByLittle() {
        Route route = route("a", "b", "c", "d");
        answers(route, 40, Set.of("d"));
        assertThat(answers(route, 40, Set.of())).doesNotContainKey("d");
        now += 10 * SECOND;
        Map<String, Integer> probing = answers(route, 8, Set.of());
        assertThat(probing).containsEntry("d", 2);
        assertThat(answers(route, 400, Set.of()).getOrDefault("d", 0)).isBetween(1, 60);
        now += 11 * SECOND;
        assertThat(answers(route, 400, Set.of())).containsEntry("d", 100);
    }

    @Test
    void atMostHalfOfTheBackendsAreKeptOut() {
        Route route = route("a", "b", "c", "d");
        answers(route, 40, Set.of("b", "c", "d"));
        Map<String, Integer> after = answers(route, 40, Set.of());
        assertThat(after).hasSize(2).containsKey("a");
    }

    @Test
    void destinationWhoseTasksFailIsShutAndOpensWithProbes() {
        Route route = route("a");
        for (int i = 0; i < 3; i++) {
            route.leave(route.enter(now), false, now);
        }
        assertThat(route.room(now)).isZero();
        assertThat(route.isShut(now)).isTrue();
        now += 10 * SECOND;
        assertThat(route.isShut(now)).isFalse();
        assertThat(route.room(now)).isEqualTo(2);
    }

    @Test
    void pausedDrainingAndUnhealthyBackendsGetNothing() {
        Route route = route("a", "b", "c");
        Route.Ticket ticket = pick(route);
        assertThat(ticket.backend().id()).isEqualTo("a");
        route.ended(ticket, null, true, now);
        route.pause(ticket.backend(), Duration.ofSeconds(30), now);
        route.checked("b", false, now);
        assertThat(answers(route, 10, Set.of())).containsOnlyKeys("b", "c");
        route.checked("b", false, now);
        assertThat(answers(route, 10, Set.of())).containsOnlyKeys("c");
        Destination drained = destination(Limits.DEFAULT, "a", "b", "c")
                .withBackends(
                        List.of(new Backend("a", 1, false), new Backend("b", 1, false), new Backend("c", 1, true)));
        route.change(drained, now);
        assertThat(route.pick(TASK, Set.of(), now)).isEmpty();
        assertThat(route.room(now)).isZero();
        now += 31 * SECOND;
        assertThat(answers(route, 10, Set.of())).containsOnlyKeys("a");
        route.checked("b", true, now);
        now += 11 * SECOND;
        assertThat(answers(route, 10, Set.of())).containsOnlyKeys("a", "b");
    }

    @Test
    void triedBackendsAreNotTriedAgain() {
        Route route = route("a", "b");
        assertThat(route.pick(TASK, Set.of("a"), now).orElseThrow().backend().id())
                .isEqualTo("b");
        assertThat(route.pick(TASK, Set.of("a", "b"), now)).isEmpty();
    }

    @Test
    void changeKeepsWhatWasLearnedOfBackendsThatStay() {
        Route route = route("a", "b");
        answers(route, 20, Set.of("b"));
        route.change(destination(Limits.DEFAULT, "a", "b", "c"), now);
        assertThat(answers(route, 20, Set.of())).containsOnlyKeys("a", "c");
    }

    @Test
    void viewTellsWhatIsKnown() {
        Route route = route("a", "b");
        for (int i = 0; i < 100; i++) {
            Route.Ticket ticket = pick(route);
            boolean first = ticket.backend().id().equals("a");
            route.ended(ticket, true, true, now + (first ? 10_000_000 : 50_000_000));
        }
        pick(route);
        RouteView view = route.view(now);
        assertThat(view.breaker()).isEqualTo("closed");
        List<RouteView.Figures> figures = new ArrayList<>();
        view.backends().forEach(backend -> figures.add(backend.figures()));
        assertThat(figures.get(0)).isEqualTo(new RouteView.Figures(1, 50, 0, times(10), 1));
        assertThat(figures.get(1)).isEqualTo(new RouteView.Figures(0, 50, 0, times(50), 1));
    }

    @Test
    void answerTimesAreOfAnswersAlone() {
        Route route = route("a");
        route.ended(pick(route), false, false, now + SECOND);
        assertThat(route.view(now).backends().getFirst().figures())
                .isEqualTo(new RouteView.Figures(0, 1, 1, Spread.NONE, 1));
    }

    private static Spread times(int millis) {
        return new Spread(50, Collections.nCopies(Spread.POINTS, millis * 1_000_000L));
    }

    @Test
    void onlyDestinationsThatAreNotAsUsualAreNamedInALease() {
        Routes routes = new Routes(new Random(1));
        assertThat(routes.lanes(64)).isEmpty();
        routes.learn(List.of(
                destination("usual", Limits.DEFAULT, null, "http://a/"),
                destination("small", new Limits(null, 5, null), null, "http://a/")));
        assertThat(routes.known("nobody")).isNull();

        assertThat(routes.lanes(64)).contains(new Lanes.Destinations(64, Map.of("small", 5, "nobody", 0)));
    }

    @Test
    void fallbackTakesWhatAShutDestinationCannot() {
        Routes routes = new Routes(new Random(1));
        routes.learn(List.of(
                destination("first", Limits.DEFAULT, "spare", "http://a/"),
                destination("spare", new Limits(null, 9, null), null, "http://b/")));
        Route first = routes.known("first");
        long present = System.nanoTime();
        assertThat(routes.open(first, present)).isSameAs(first);
        for (int i = 0; i < 3; i++) {
            first.leave(first.enter(present), false, present);
        }
        assertThat(routes.open(first, present)).isSameAs(routes.known("spare"));
        assertThat(routes.lanes(64)).contains(new Lanes.Destinations(64, Map.of("first", 9, "spare", 9)));
    }
}
