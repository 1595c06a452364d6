package dev.millrace.delivery.route;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.task.BatchId;
import dev.millrace.task.Details;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What each strategy makes of four backends, as {@link BalanceFigures} measures it with real ones: here they are
 * calculated, and so is the time, so that every run is the same. Each works at four pushes at once, three take 10 ms for
 * one, the last 50 ms; 400 pushes come a second, of which a quarter is more than the slow one can do.
 */
class BalanceTest {
    private static final long MILLI = 1_000_000L;
    private static final int TASKS = 4_000;
    private static final int AT_ONCE = 4;
    private static final long BETWEEN = 1_000 * MILLI / 400;
    private static final long TIMEOUT = 500 * MILLI;
    private static final List<Integer> ALIKE = List.of(1, 1, 1, 1);
    /** Out of the way, so that the strategies alone are seen. */
    private static final BreakerPolicy NEVER = new BreakerPolicy(1000, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);

    /**
     * @param shares pushes to each backend, the slow one last
     */
    private record Figures(double p50, double p99, int lost, List<Integer> shares) {
        int slow() {
            return shares.getLast();
        }
    }

    @Test
    void adaptiveBeatsRoundRobinWhenOneBackendIsFiveTimesSlower() {
        Figures plain = figures(Balance.ROUND_ROBIN, ALIKE);
        Figures adaptive = figures(Balance.ADAPTIVE, ALIKE);
        assertThat(plain.lost).isGreaterThan(TASKS / 10);
        assertThat(plain.p99).isGreaterThanOrEqualTo(500);
        assertThat(adaptive.lost).isZero();
        assertThat(adaptive.p99).isLessThanOrEqualTo(plain.p99 / 5);
        assertThat(adaptive.p50).isLessThanOrEqualTo(plain.p50);
    }

    @Test
    void roundRobinGivesEachTheSame() {
        assertThat(figures(Balance.ROUND_ROBIN, ALIKE).shares).containsOnly(TASKS / 4);
    }

    @Test
    void weightedGivesEachItsShare() {
        assertThat(figures(Balance.WEIGHTED, List.of(4, 3, 2, 1)).shares).containsExactly(1600, 1200, 800, 400);
    }

    @Test
    void fewestConnectionsLeaveTheSlowOneWhatItCanDo() {
        Figures figures = figures(Balance.LEAST_CONNECTIONS, ALIKE);
        assertThat(figures.lost).isZero();
        assertThat(figures.slow()).isBetween(TASKS / 40, TASKS / 8);
        evenAmongTheQuick(figures);
    }

    @Test
    void leastResponseTimeAvoidsTheSlowOne() {
        Figures figures = figures(Balance.LEAST_RESPONSE_TIME, ALIKE);
        assertThat(figures.lost).isZero();
        assertThat(figures.slow()).isLessThan(TASKS / 20);
        evenAmongTheQuick(figures);
    }

    @Test
    void adaptiveAvoidsTheSlowOneAndKeepsLookingAtIt() {
        Figures figures = figures(Balance.ADAPTIVE, ALIKE);
        assertThat(figures.slow()).isBetween(TASKS / 400, TASKS / 20);
        evenAmongTheQuick(figures);
    }

    private static void evenAmongTheQuick(Figures figures) {
        int even = (TASKS - figures.slow()) / 3;
        figures.shares.subList(0, 3).forEach(share -> assertThat(share).isCloseTo(even, within(even / 5)));
    }

    /** Pushes that have come to a backend are worked off in turn, whether somebody still waits for them or not. */
    private static final class Server {
        private final long work;
        private final PriorityQueue<Long> free = new PriorityQueue<>();

        Server(long work) {
            this.work = work;
            IntStream.range(0, AT_ONCE).forEach(i -> free.add(0L));
        }

        /** When one that comes now is answered. */
        long take(long now) {
            long end = Math.max(now, free.remove()) + work;
            free.add(end);
            return end;
        }
    }

    private record Answer(long at, Route.Ticket ticket, boolean well) {}

    private static Figures figures(Balance balance, List<Integer> weights) {
        Route route = new Route(destination(balance, weights), new Random(7), 0);
        List<Server> servers = IntStream.of(10, 10, 10, 50)
                .mapToObj(millis -> new Server(millis * MILLI))
                .toList();
        PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingLong(Answer::at));
        double[] millis = new double[TASKS];
        Integer[] shares = {0, 0, 0, 0};
        int lost = 0;
        for (int i = 0; i < TASKS; i++) {
            long now = i * BETWEEN;
            while (!answers.isEmpty() && answers.peek().at <= now) {
                Answer answer = answers.remove();
                route.ended(answer.ticket, answer.well, true, answer.at);
            }
            Route.Ticket ticket = route.pick(TASK, Set.of(), now).orElseThrow();
            int server = Integer.parseInt(ticket.backend().id());
            shares[server]++;
            long end = servers.get(server).take(now);
            boolean well = end - now <= TIMEOUT;
            lost += well ? 0 : 1;
            millis[i] = (double) Math.min(end - now, TIMEOUT) / MILLI;
            answers.add(new Answer(now + Math.min(end - now, TIMEOUT), ticket, well));
        }
        Arrays.sort(millis);
        return new Figures(millis[TASKS / 2], millis[TASKS * 99 / 100], lost, List.of(shares));
    }

    /** Backends go by their numbers. */
    private static Destination destination(Balance balance, List<Integer> weights) {
        return balanced(
                balance,
                IntStream.range(0, weights.size())
                        .mapToObj(i -> new Backend("" + i, weights.get(i), false))
                        .toList());
    }

    /** With its breakers out of the way, so that the strategies alone are seen. */
    static Destination balanced(Balance balance, List<Backend> backends) {
        return new Destination("d", backends, balance, null, Limits.DEFAULT, null, NEVER, null, Wire.DEFAULT, false, 1);
    }

    static final Task TASK = task();

    private static Task task() {
        TaskSpec spec = aTask().forDestination("d").build(Instant.EPOCH).spec();
        return new Task(
                BatchId.make(Instant.EPOCH, 1, new Random(1)).at(0), "q", spec, Status.submitted(spec), Details.NONE);
    }
}
