package dev.millrace.delivery.route;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.worker.DrainCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What backends do to their destination's tasks, with real servers and in real time. */
interface TroubleContract {
    Duration PATIENT = Duration.ofSeconds(30);

    Sending sending();

    private static Destination with(Destination plain, HealthCheck check, BreakerPolicy breaker, String fallback) {
        return new Destination(
                plain.name(),
                plain.backends(),
                plain.balance(),
                null,
                plain.limits(),
                check,
                breaker,
                fallback,
                plain.wire(),
                false,
                0);
    }

    private static long tasks(HttpBackend backend) {
        return backend.received().stream()
                .filter(request -> request.header("webhook-id") != null)
                .count();
    }

    private RouteView.BackendView second() {
        return sending().view().backends().get(1);
    }

    @Test
    default void unhealthyBackendGetsNothingAndComesBackLittleByLittle() {
        AtomicBoolean ill = new AtomicBoolean();
        try (HttpBackend one = HttpBackend.answering(204, "");
                HttpBackend other = new HttpBackend((exchange, number) -> {
                    boolean check = exchange.getRequestURI().getPath().equals("/healthz");
                    HttpBackend.answer(exchange, check && ill.get() ? 503 : 204, "");
                })) {
            HealthCheck check = new HealthCheck("/healthz", Duration.ofMillis(100), Duration.ofSeconds(5));
            Destination plain = sending().destination("", Limits.DEFAULT, one.url(), other.url());
            sending().put(with(plain, check, plain.breaker(), null));
            sending().submit(10, aTask().forDestination(plain.name())).forEach(sending()::ended);
            assertThat(tasks(other)).isEqualTo(5);

            ill.set(true);
            sending().until(this::second, backend -> !backend.healthy());
            sending().submit(20, aTask().forDestination(plain.name())).forEach(sending()::ended);
            assertThat(tasks(other)).isEqualTo(5);

            ill.set(false);
            RouteView.BackendView back = sending().until(this::second, RouteView.BackendView::healthy);
            assertThat(back.figures().share()).isBetween(0.1, 0.7);
            sending().submit(40, aTask().forDestination(plain.name())).forEach(sending()::ended);
            assertThat(tasks(other)).isLessThan(5 + 20);
        }
    }

    @Test
    default void backendHasNoMoreTimeThanItsWorkerHasAndOverrunsItAtTheCostOfAnAttempt() {
        CountDownLatch answer = new CountDownLatch(1);
        try (HttpBackend slow = new HttpBackend((exchange, number) -> {
            awaitUninterrupted(answer);
            HttpBackend.answer(exchange, 204, "");
        })) {
            sending().put(sending().destination("", Limits.DEFAULT, slow.url()));
            TaskId id = sending()
                    .store(1, aTask().forDestination(sending().name).withTimeout(Duration.ofHours(1)))
                    .getFirst();
            DrainCall brief =
                    new DrainCall(1, Duration.ofSeconds(30), Duration.ZERO).within(PATIENT, Duration.ofMillis(300));

            assertThat(sending().drain(brief).done()).isEqualTo(1);
            Task task = sending().task(id);
            assertThat(task.status().attempts()).isEqualTo(1);
            assertThat(task.details().history()).extracting(Event::cause).contains(Cause.OUTCOME_UNKNOWN);
        } finally {
            answer.countDown();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    default void limitedDestinationHoldsUpNothingButItself() {
        try (HttpBackend limited = HttpBackend.answering(204, "");
                HttpBackend quick = HttpBackend.answering(204, "")) {
            sending().put(sending().destination("-limited", new Limits(null, 64, 5), limited.url()));
            sending().put(sending().destination("-quick", Limits.DEFAULT, quick.url()));
            long start = System.nanoTime();
            sending().submit(500, aTask().forDestination(sending().name + "-limited"));
            List<TaskId> ids = sending().submit(50, aTask().forDestination(sending().name + "-quick"));

            ids.forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.SUCCEEDED));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat((double) limited.received().size()).isBetween(1.0, 5 + 5 * seconds + 1);
        }
    }

    @Test
    default void fallbackStandsInWhileTheBreakerIsOpen() {
        try (HttpBackend broken = HttpBackend.answering(500, "");
                HttpBackend spare = HttpBackend.answering(204, "")) {
            sending().put(sending().destination("-spare", Limits.DEFAULT, spare.url()));
            BreakerPolicy longOpen = new BreakerPolicy(2, Duration.ofSeconds(9), Duration.ofMinutes(5), 1);
            Destination plain = sending().destination("", Limits.DEFAULT, broken.url());
            sending().put(with(plain, null, longOpen, plain.name() + "-spare"));
            sending()
                    .submit(2, aTask().retrying(1, DeliveryContract.AT_ONCE).forDestination(plain.name()))
                    .forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.DEAD));
            int before = broken.received().size();

            for (TaskId id : sending().submit(10, aTask().forDestination(plain.name()))) {
                Task task = sending().ended(id);
                assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
                assertThat(task.status().attempts()).isEqualTo(1);
            }
            assertThat(spare.received()).hasSize(10);
            assertThat(broken.received()).hasSize(before);
        }
    }

    @Test
    default void afterItClosedMoreGoOutWithEachSecond() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong wellSince = new AtomicLong();
        AtomicBoolean well = new AtomicBoolean();
        try (HttpBackend backend = new HttpBackend((exchange, number) -> {
            if (!well.get()) {
                HttpBackend.answer(exchange, 500, "");
                return;
            }
            wellSince.compareAndSet(0, System.nanoTime());
            int present = inside.incrementAndGet();
            if (System.nanoTime() - wellSince.get() < 900_000_000L) {
                most.accumulateAndGet(present, Math::max);
            }
            sending().pause(Duration.ofMillis(20));
            inside.decrementAndGet();
            HttpBackend.answer(exchange, 204, "");
        })) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            List<TaskId> ids = sending()
                    .submit(60, aTask().retrying(9, DeliveryContract.AT_ONCE).forDestination(sending().name));
            sending().until(sending()::opened, opened -> opened);
            sending().until(sending()::view, view -> view.inFlight() == 0);
            well.set(true);
            ids.forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(most).hasValueBetween(1, 2);
        }
    }

    @Test
    default void whatWasLeasedAheadGoesBackWithoutAnAttemptWhenTheBreakerOpens() {
        AtomicBoolean failing = new AtomicBoolean();
        try (HttpBackend backend = new HttpBackend((exchange, number) -> {
            if (number == 400) {
                failing.set(true);
            }
            HttpBackend.answer(exchange, failing.get() ? 500 : 204, "");
        })) {
            sending().put(sending().destination("", new Limits(null, 4, null), backend.url()));
            List<TaskId> ids = sending()
                    .submit(900, aTask().retrying(50, DeliveryContract.AT_ONCE).forDestination(sending().name));
            sending().until(sending()::opened, opened -> opened);
            failing.set(false);
            int attempts = 0;
            for (TaskId id : ids) {
                Task task = sending().ended(id);
                assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
                attempts += task.status().attempts();
            }
            assertThat(attempts).isEqualTo(backend.received().size());
        }
    }
}
