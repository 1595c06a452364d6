package dev.millrace.delivery.route;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.Backoff;
import dev.millrace.task.LogLine;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks on their way to real servers, in real time. */
interface DeliveryContract {
    Backoff AT_ONCE =
            new Backoff(Backoff.Kind.FIXED, Duration.ofMillis(20), 1, Duration.ofMillis(20), Backoff.Jitter.NONE);

    Storage storage();

    /** Of this test alone. */
    Sending sending();

    @AfterEach
    default void stop() {
        sending().close();
    }

    @Test
    default void taskArrivesSignedAndItsAnswerIsTheResult() {
        try (HttpBackend backend = HttpBackend.answering(200, "{\"ok\":1.0}")) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            TaskId id = sending()
                    .submit(aTask("page.fetch").withPayload("{\"n\": 1.50}").forDestination(sending().name));
            Task task = sending().ended(id);

            assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(task.details().result()).isEqualTo(Payload.of("{\"ok\":1.0}"));
            HttpBackend.Received request = backend.received().getFirst();
            assertThat(request.body()).isEqualTo("{\"n\": 1.50}");
            assertThat(request.header("webhook-id")).isEqualTo(id.value());
            assertThat(request.header("webhook-signature")).startsWith("v1,");
            assertThat(request.header("ce-type")).isEqualTo("page.fetch");
            assertThat(request.header("Millrace-Attempt")).isEqualTo("1");
        }
    }

    @Test
    default void refusedConnectionGoesToTheNextBackendWithinTheAttempt() {
        try (HttpBackend gone = HttpBackend.answering(200, "");
                HttpBackend there = HttpBackend.answering(204, "")) {
            gone.stop();
            sending().put(sending().destination("", Limits.DEFAULT, gone.url(), there.url()));
            for (TaskId id : sending().submit(20, aTask().forDestination(sending().name))) {
                Task task = sending().ended(id);
                assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
                assertThat(task.status().generation()).isEqualTo(1);
            }
            assertThat(there.received()).hasSize(20);
        }
    }

    @Test
    default void failureIsRetriedAndItsAnswerIsKeptWithTheAttempt() {
        String essay = "\"" + "x".repeat(3000) + "\"";
        try (HttpBackend backend = new HttpBackend((exchange, number) ->
                HttpBackend.answer(exchange, number == 1 ? 500 : 200, number == 1 ? essay : "7"))) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            TaskId id = sending().submit(aTask().retrying(3, AT_ONCE).forDestination(sending().name));
            Task task = sending().ended(id);

            assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(task.status().attempts()).isEqualTo(2);
            List<String> log = task.details().log().stream().map(LogLine::line).toList();
            assertThat(log.getFirst()).contains(backend.url()).contains("answered 500");
            assertThat(String.join("", log))
                    .contains("content-type: application/json")
                    .contains(essay);
            assertThat(task.details().log()).allMatch(line -> line.attempt() == 1);
        }
    }

    @Test
    default void stoppedBackendUsesUpNoAttemptAndEverythingEndsWhenItIsBack() {
        try (HttpBackend backend = HttpBackend.answering(204, "")) {
            backend.stop();
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            List<TaskId> ids = sending().submit(30, aTask().retrying(1, AT_ONCE).forDestination(sending().name));
            sending().await(ids.getFirst(), task -> task.status().generation() > 0);
            sending().await(ids.getFirst(), task -> sending().opened());
            backend.startAgain();
            for (TaskId id : ids) {
                Task task = sending().ended(id);
                assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
                assertThat(task.status().attempts()).isEqualTo(1);
            }
        }
    }

    @Test
    default void openDestinationGetsNothingAndItsTasksStillExpire() {
        try (HttpBackend backend = HttpBackend.answering(500, "")) {
            Destination slow = sending().destination("", Limits.DEFAULT, backend.url());
            BreakerPolicy longOpen = new BreakerPolicy(2, Duration.ofSeconds(9), Duration.ofMinutes(5), 1);
            sending()
                    .put(new Destination(
                            slow.name(),
                            slow.backends(),
                            slow.balance(),
                            null,
                            slow.limits(),
                            null,
                            longOpen,
                            null,
                            slow.wire(),
                            false,
                            0));
            sending()
                    .submit(2, aTask().retrying(1, AT_ONCE).forDestination(slow.name()))
                    .forEach(sending()::ended);
            int before = backend.received().size();
            Instant soon = sending().storage.clock().instant().plusMillis(300);
            TaskId expiring = sending().submit(aTask().expiringAt(soon).forDestination(slow.name()));
            TaskId waiting = sending().submit(aTask().forDestination(slow.name()));

            assertThat(sending().ended(expiring).state()).isEqualTo(TaskState.EXPIRED);
            assertThat(sending().task(waiting).status().generation()).isZero();
            assertThat(backend.received()).hasSize(before);
        }
    }

    @Test
    default void slowDestinationHoldsUpNothingButItself() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (HttpBackend slow = new HttpBackend((exchange, number) -> {
                    try {
                        release.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    HttpBackend.answer(exchange, 204, "");
                });
                HttpBackend quick = HttpBackend.answering(204, "")) {
            sending().put(sending().destination("-slow", new Limits(null, 2, null), slow.url()));
            sending().put(sending().destination("-quick", Limits.DEFAULT, quick.url()));
            List<TaskId> held = sending().submit(20, aTask().forDestination(sending().name + "-slow"));
            List<TaskId> ids = sending().submit(50, aTask().forDestination(sending().name + "-quick"));

            ids.forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(slow.received()).hasSizeLessThanOrEqualTo(2);
            release.countDown();
            held.forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.SUCCEEDED));
        }
    }

    @Test
    default void laterCompletionLeavesTheTaskLeasedUntilItsTokenIsUsed() {
        try (HttpBackend backend = new HttpBackend((exchange, number) -> {
            exchange.getResponseHeaders().set("Millrace-Complete", "later");
            HttpBackend.answer(exchange, 202, "");
        })) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            Duration timeout = Duration.ofMinutes(20);
            TaskId id = sending().submit(aTask().withTimeout(timeout).forDestination(sending().name));
            Instant start = sending().storage.clock().instant();
            sending()
                    .await(
                            id,
                            task -> task.status().times().leaseExpiresAt() != null
                                    && task.status()
                                            .times()
                                            .leaseExpiresAt()
                                            .isAfter(start.plus(timeout.minusSeconds(60))));
            String token = backend.received().getFirst().header("Millrace-Lease-Token");
            sending()
                    .storage
                    .tasks()
                    .settle(
                            List.of(new Settlement(
                                    sending().tokens.decode(token), new Verdict.Succeed(Payload.of("\"done\"")))),
                            sending().storage.clock().instant());

            assertThat(sending().ended(id).details().result()).isEqualTo(Payload.of("\"done\""));
            assertThat(backend.received()).hasSize(1);
        }
    }

    @Test
    default void lostAnswerIsToldWithTheNextDelivery() {
        try (HttpBackend backend = new HttpBackend((exchange, number) -> {
            if (number == 1) {
                exchange.close();
            } else {
                HttpBackend.answer(exchange, 204, "");
            }
        })) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            TaskId id = sending().submit(aTask().retrying(3, AT_ONCE).forDestination(sending().name));
            Task task = sending().ended(id);

            assertThat(task.details().history())
                    .anyMatch(event -> event.cause() == dev.millrace.task.Cause.OUTCOME_UNKNOWN);
            assertThat(backend.received().get(0).header("Millrace-Previous-Outcome"))
                    .isNull();
            assertThat(backend.received().get(1).header("Millrace-Previous-Outcome"))
                    .isEqualTo("unknown");
        }
    }

    @Test
    default void everyNodeSeesHowADestinationDoes() {
        Accounts elsewhere = new Accounts(
                sending().storage.accounts(),
                new Routes(),
                "elsewhere",
                sending().storage.clock());
        try (HttpBackend backend = HttpBackend.answering(204, "")) {
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));
            sending().submit(20, aTask().forDestination(sending().name)).forEach(sending()::ended);

            Overall seen = sending()
                    .until(
                            () -> elsewhere.of(sending().name),
                            overall -> overall.sum() != null
                                    && overall.sum()
                                                    .backends()
                                                    .getFirst()
                                                    .figures()
                                                    .answered()
                                            == 20);
            assertThat(seen.nodes()).extracting(Account::node).containsExactly(sending().name);
            assertThat(seen.sum().breaker()).isEqualTo("closed");
            assertThat(seen.sum().backends().getFirst().figures().times().median())
                    .isPositive();
        }
    }

    @Test
    default void tasksOfANameThatNobodyHasWaitUntilItIsThere() {
        try (HttpBackend backend = HttpBackend.answering(204, "")) {
            TaskId id = sending().submit(aTask().forDestination(sending().name));
            sending().put(sending().destination("", Limits.DEFAULT, backend.url()));

            assertThat(sending().ended(id).status().attempts()).isEqualTo(1);
        }
    }

    @Test
    default void drainKnowsEveryDestinationThatWasThereBeforeItBegan() {
        try (HttpBackend backend = HttpBackend.answering(204, "")) {
            DrainCall all = new DrainCall(DrainCall.ALL, Duration.ofSeconds(30), Duration.ZERO);
            Stream<Runnable> steps = IntStream.range(0, 10).mapToObj(i -> () -> {
                sending().put(sending().destination("-" + i, Limits.DEFAULT, backend.url()));
                sending().store(1, aTask().forDestination(sending().name + "-" + i));
            });

            assertThat(sending().drains(all, steps.toList())).containsOnly(new Drained(1, false));
            assertThat(backend.received()).hasSize(10);
        }
    }
}
