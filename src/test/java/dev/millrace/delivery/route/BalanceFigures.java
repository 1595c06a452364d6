package dev.millrace.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.PushRequest;
import dev.millrace.delivery.push.PusherFixture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What each strategy makes of four backends of which one is five times slower: steady arrivals, real HTTP on loopback.
 * Not part of the suite: {@code mvn test -Dtest=BalanceFigures} prints the table of docs/benchmarks.md.
 */
class BalanceFigures {
    private static final int PER_SECOND = 400;
    private static final int TASKS = 4_000;
    private static final int AT_ONCE = 4;
    private static final Duration QUICK = Duration.ofMillis(10);
    private static final Duration SLOW = QUICK.multipliedBy(5);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private record Figures(Balance balance, double p50, double p99, int lost, List<Integer> shares) {}

    @Test
    void adaptiveBeatsRoundRobin() throws Exception {
        measure(Balance.ROUND_ROBIN, TASKS / 4);
        List<Figures> all = new ArrayList<>();
        for (Balance balance : Balance.values()) {
            all.add(measure(balance, TASKS));
        }
        System.out.println("| strategy | p50 | p99 | lost to timeouts | share of each backend, the slow one last |");
        System.out.println("| --- | --- | --- | --- | --- |");
        all.forEach(f -> System.out.printf(
                "| `%s` | %.0f ms | %.0f ms | %d of %d | %s |%n",
                f.balance.wire(), f.p50, f.p99, f.lost, TASKS, f.shares));
        Figures plain = all.getFirst();
        Figures adaptive = all.getLast();
        assertThat(adaptive.lost).isLessThan(plain.lost);
        assertThat(adaptive.p99).isLessThan(plain.p99);
    }

    private static Figures measure(Balance balance, int count) throws Exception {
        try (HttpBackend a = backend(QUICK);
                HttpBackend b = backend(QUICK);
                HttpBackend c = backend(QUICK);
                HttpBackend d = backend(SLOW);
                PusherFixture pushers = new PusherFixture()) {
            List<HttpBackend> backends = List.of(a, b, c, d);
            Route route = new Route(destination(balance, backends), new Random(7), System.nanoTime());
            double[] millis = new double[count];
            AtomicInteger lost = new AtomicInteger();
            CountDownLatch ended = new CountDownLatch(count);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int number = i;
                push(route, pushers, due, answer -> {
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    lost.addAndGet(answer instanceof PushAnswer.Answered ? 0 : 1);
                    ended.countDown();
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            Arrays.sort(millis);
            List<Integer> shares =
                    backends.stream().map(each -> each.received().size()).toList();
            return new Figures(balance, millis[count / 2], millis[count * 99 / 100], lost.get(), shares);
        }
    }

    private static void push(
            Route route, PusherFixture pushers, long due, java.util.function.Consumer<PushAnswer> told) {
        Optional<Route.Ticket> picked = route.pick(BalanceTest.TASK, Set.of(), System.nanoTime());
        Route.Ticket ticket = picked.orElseThrow();
        PushRequest request = new PushRequest(
                URI.create(ticket.backend().id()),
                "POST",
                List.of(Map.entry("Content-Type", "application/json")),
                new byte[] {'1'},
                PushRequest.Patience.of(TIMEOUT),
                null);
        pushers.pusher().push(request).thenAccept(answer -> {
            route.ended(ticket, Health.of(answer), true, System.nanoTime());
            told.accept(answer);
        });
    }

    /** Works at four requests at once, as a small server does. */
    private static HttpBackend backend(Duration work) {
        Semaphore workers = new Semaphore(AT_ONCE, true);
        CountDownLatch never = new CountDownLatch(1);
        return new HttpBackend((exchange, number) -> {
            try {
                workers.acquire();
                try {
                    assertThat(never.await(work.toNanos(), TimeUnit.NANOSECONDS))
                            .isFalse();
                } finally {
                    workers.release();
                }
                HttpBackend.answer(exchange, 200, "1");
            } catch (InterruptedException e) {
                exchange.close();
            }
        });
    }

    private static Destination destination(Balance balance, List<HttpBackend> backends) {
        return BalanceTest.balanced(
                balance,
                backends.stream().map(each -> new Backend(each.url(), 1, false)).toList());
    }
}
