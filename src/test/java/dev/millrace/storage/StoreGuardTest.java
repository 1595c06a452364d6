package dev.millrace.storage;

import static dev.millrace.storage.UnsteadyStorage.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UnsteadyStorage.Profile.class)
class StoreGuardTest extends OnUnsteadyStorage {
    private static final List<TaskId> IDS = List.of(new TaskId("any"));

    @Test
    void aCallWithoutAnswerIsRepeatedTwice() {
        OUTAGE.goDown();

        assertUnavailable(() -> tasks.find(IDS, false));

        assertThat(OUTAGE.calls("find")).isEqualTo(3);
    }

    @Test
    void aLeaseIsNeverRepeated() {
        OUTAGE.goDown();

        assertUnavailable(this::lease);

        assertThat(OUTAGE.calls("lease")).isEqualTo(1);
    }

    @Test
    void aChangeIsNeverRepeated() {
        OUTAGE.goDown();

        assertUnavailable(() -> tasks.change(List.of(new Change.Cancel(IDS.getFirst(), null)), now()));

        assertThat(OUTAGE.calls("change")).isEqualTo(1);
    }

    @Test
    void anEndWhoseAnswerWasLostIsAnsweredAsTheFirstOne() {
        tasks.submit(List.of(batch("lost-end")), now());
        LeaseRequest request = new LeaseRequest("lost-end", 1, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES);
        Settlement end = new Settlement(tasks.lease(request, now()).getFirst().token(), new Verdict.Succeed(null));
        OUTAGE.loseNextAnswer();

        assertThat(tasks.settle(List.of(end), now()))
                .extracting(Settled::result)
                .containsExactly(Settled.Result.DONE);

        assertThat(OUTAGE.calls("settle")).isEqualTo(2);
        assertThat(tasks.settle(List.of(end), now()))
                .extracting(Settled::result)
                .containsExactly(Settled.Result.REPEATED);
    }

    @Test
    void theBreakerOpensWhenTheStoreStaysAwayAndSparesItFurtherCalls() {
        OUTAGE.goDown();
        fail(10);
        long reached = OUTAGE.calls("lease");

        MillraceException refused = assertUnavailable(this::lease);

        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(OUTAGE.calls("lease")).isEqualTo(reached);
        assertThat(refused).hasMessageContaining("nothing was changed");
    }

    @Test
    void theBreakerClosesWhenTheStoreIsBack() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        breakers.onStateChange(StoreCheck.BREAKER, state -> {
            if (state == CircuitBreakerState.CLOSED) {
                closed.countDown();
            }
        });
        OUTAGE.goDown();
        fail(10);
        OUTAGE.comeBack();

        boolean answered = false;
        for (int i = 0; i < 300 && !answered; i++) {
            answered = answers();
            answered |= closed.await(100, TimeUnit.MILLISECONDS);
        }

        assertThat(answers()).isTrue();
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void refusalsAreAnswersAndDoNotOpenTheBreaker() {
        TaskFilter filter = TaskFilter.ofQueue("refusals", null);
        tasks.submit(List.of(batch("refusals")), now());
        for (int i = 0; i < 30; i++) {
            MillraceException refused =
                    catchThrowableOfType(MillraceException.class, () -> tasks.list(filter, "not a cursor", 10, now()));
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        }

        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(OUTAGE.callers("list"))
                .as("those of this thread: nodes are listed meanwhile")
                .filteredOn(Thread.currentThread()::equals)
                .hasSize(30);
    }

    @Test
    void aCallThatHangsEndsWhenItsTimeIsUp() {
        OUTAGE.hang();
        long start = System.nanoTime();

        MillraceException late = assertUnavailable(this::lease);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(30));
        assertThat(late).hasMessageContaining("unknown");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void callsThatHangOpenTheBreaker() {
        for (int i = 0; i < 5; i++) {
            lease();
        }
        OUTAGE.hang();

        fail(5);

        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void theNamesOfQueuesAreTheLastKnownOnesWhileTheStoreIsAway() {
        queues.open("remembered", now());
        assertThat(queues.names()).containsKey("remembered");
        OUTAGE.goDown();

        assertThat(queues.names()).containsKey("remembered");
    }

    @Test
    void aCallRunsOnTheThreadOfItsCaller() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            answers();
            done.countDown();
        });

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(OUTAGE.callers("lease")).containsExactly(caller);
    }

    @Test
    void aCallerThatIsInterruptedStopsAtOnceAndSaysNothingOfTheStore() {
        OUTAGE.hang();
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            assertUnavailable(() -> tasks.find(IDS, false));
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(OUTAGE.calls("find")).isEqualTo(20);
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertUnavailable(this::lease);
        }
    }

    private boolean answers() {
        try {
            lease();
            return true;
        } catch (MillraceException e) {
            return false;
        }
    }

    private void lease() {
        tasks.lease(new LeaseRequest("nothing-here", 1, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES), now());
    }

    private CircuitBreakerState state() {
        return breakers.currentState(StoreCheck.BREAKER);
    }

    private static MillraceException assertUnavailable(ThrowingCallable call) {
        MillraceException thrown = catchThrowableOfType(MillraceException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        return thrown;
    }
}
