package dev.millrace.delivery.route;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.push.Certificates;
import dev.millrace.delivery.push.PusherFixture;
import dev.millrace.delivery.push.RawBackend;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backends that do not keep to HTTP or TLS: their tasks end or wait as they should, and the worker goes on. */
interface MischiefContract {
    /** For those that would keep one waiting; the others end by themselves, however busy the machine is. */
    Limits IMPATIENT = new Limits(Duration.ofMillis(500), 8, null);

    Limits PATIENT = new Limits(Duration.ofSeconds(20), 8, null);
    String SECURE_ANSWER = RawBackend.ok("{}");

    Storage storage();

    Sending sending();

    @Test
    default void whateverABackendSaysItsTasksEndAndTheWorkerGoesOn() {
        Map<Mischief, RawBackend> bad = new EnumMap<>(Mischief.class);
        Map<Mischief, List<TaskId>> ids = new EnumMap<>(Mischief.class);
        try (HttpBackend good = HttpBackend.answering(204, "")) {
            sending().put(sending().destination("-good", Limits.DEFAULT, good.url()));
            for (Mischief mischief : Mischief.values()) {
                bad.put(mischief, new RawBackend(mischief));
                sending().put(destination(mischief, bad.get(mischief).url().toString()));
                ids.put(mischief, sending().submit(3, once().forDestination(named(mischief))));
            }
            List<TaskId> beside = sending().submit(50, aTask().forDestination(sending().name + "-good"));
            beside.forEach(id -> assertThat(sending().ended(id).state()).isEqualTo(TaskState.SUCCEEDED));
            ids.forEach((mischief, some) ->
                    some.forEach(id -> check(mischief, sending().ended(id))));
            assertThat(bad.get(Mischief.ENDLESS_BODY).received()).hasSize(3);
            assertThat(Mischief.mostWritten()).isLessThan(64 * 1024 * 1024);

            for (Mischief mischief : Mischief.values()) {
                sending().put(destination(mischief, good.url()));
                ids.put(mischief, sending().submit(1, patient().forDestination(named(mischief))));
            }
            ids.forEach((mischief, later) -> succeeds(mischief, later.getFirst()));
        } finally {
            bad.values().forEach(RawBackend::close);
        }
    }

    private void succeeds(Mischief mischief, TaskId id) {
        assertThat(sending().ended(id).state()).as("%s", mischief).isEqualTo(TaskState.SUCCEEDED);
    }

    /** Some of its attempts may go to a backend that is about to be replaced. */
    private static TaskBuilder patient() {
        return aTask().retrying(100, DeliveryContract.AT_ONCE);
    }

    private String named(Mischief mischief) {
        return sending().name + "-" + mischief.ordinal();
    }

    private Destination destination(Mischief mischief, String url) {
        Limits limits = mischief.isSlow() ? IMPATIENT : PATIENT;
        return sending().destination("-" + mischief.ordinal(), limits, url);
    }

    private static void check(Mischief mischief, Task task) {
        assertThat(task.status().attempts()).as("%s", mischief).isEqualTo(1);
        if (mischief.isAnswer()) {
            assertThat(task.state()).as("%s", mischief).isEqualTo(TaskState.SUCCEEDED);
            assertThat(task.details().result()).isNull();
        } else {
            assertThat(task.state()).as("%s", mischief).isEqualTo(TaskState.DEAD);
            assertThat(task.details().history())
                    .as("%s", mischief)
                    .anyMatch(event -> event.cause() == Cause.OUTCOME_UNKNOWN);
        }
    }

    /** Three that nothing can be sent to, each for a reason of its own, and one that asks for a certificate. */
    @Test
    default void withoutProperTlsNothingIsSentAndEverythingEndsWhenItIsRight() {
        try (Sending secured = new Sending(storage(), PusherFixture.secured("other.test"));
                RawBackend backend = secure(false);
                RawBackend asking = secure(true);
                RawBackend silent = new RawBackend((_, _) -> {})) {
            String slow = "https://127.0.0.1:" + silent.port() + "/";
            String stranger = "https://other.test:" + backend.port() + "/";
            secured.put(over(secured, "-0", Limits.DEFAULT, right(backend), null));
            secured.put(over(secured, "-1", Limits.DEFAULT, stranger, Certificates.TRUSTING));
            secured.put(over(secured, "-2", IMPATIENT, slow, Certificates.TRUSTING));
            secured.put(over(secured, "-asking", Limits.DEFAULT, right(asking), Certificates.TRUSTING));
            List<TaskId> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.addAll(secured.submit(2, once().forDestination(secured.name + "-" + i)));
            }
            TaskId unknown = secured.submit(patient().forDestination(secured.name + "-asking"));
            waiting.forEach(id -> hasWaitedOnly(secured, id));
            secured.await(unknown, one -> one.status().generation() > 1);
            assertThat(backend.received()).isEmpty();
            assertThat(asking.received()).isEmpty();

            for (int i = 0; i < 3; i++) {
                secured.put(over(secured, "-" + i, Limits.DEFAULT, right(backend), Certificates.TRUSTING));
            }
            secured.put(over(secured, "-asking", Limits.DEFAULT, right(asking), Certificates.KNOWN));
            waiting.forEach(id -> succeedsAtItsFirstAttempt(secured, id));
            assertThat(secured.ended(unknown).state()).isEqualTo(TaskState.SUCCEEDED);
        }
    }

    private static TaskBuilder once() {
        return aTask().retrying(1, DeliveryContract.AT_ONCE);
    }

    private static RawBackend secure(boolean asking) {
        return new RawBackend(Certificates.sockets(asking), (_, out) -> out.write(SECURE_ANSWER.getBytes()));
    }

    private static String right(RawBackend backend) {
        return "https://" + Certificates.NAME + ":" + backend.port() + "/";
    }

    private static void hasWaitedOnly(Sending secured, TaskId id) {
        Task task = secured.await(id, one -> one.status().generation() > 0 && one.state() != TaskState.RUNNING);
        assertThat(task.state().terminal()).isFalse();
        assertThat(task.status().attempts()).isZero();
    }

    private static void succeedsAtItsFirstAttempt(Sending secured, TaskId id) {
        Task task = secured.ended(id);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.status().attempts()).isEqualTo(1);
    }

    private static Destination over(Sending sending, String suffix, Limits limits, String url, String tls) {
        Destination plain = sending.destination(suffix, limits, url);
        return new Destination(
                plain.name(),
                plain.backends(),
                plain.balance(),
                null,
                plain.limits(),
                null,
                plain.breaker(),
                null,
                new Wire(plain.wire().format(), plain.wire().secrets(), tls),
                false,
                0);
    }
}
