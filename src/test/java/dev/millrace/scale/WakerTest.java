package dev.millrace.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.LogLines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration SWEEP = Duration.ofSeconds(15);
    private static final Pool POOL = new Pool(
            "mail",
            Set.of(),
            new Pool.Kick(URI.create("http://worker/api/v1/drain"), null),
            Duration.ofSeconds(2),
            new Pool.Size(10, 0, 3));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final List<Duration> woke = new ArrayList<>();
    private volatile long waiting;
    private volatile long tasks;
    private volatile Instant nextDue;
    private volatile RuntimeException fault;
    private final Waker waker = new Waker(POOL, this::send, this::demand, woke::add, threads);

    private record Sent(Duration idle, CompletableFuture<Kicked> answer) {
        void answer(long done, boolean more) {
            answer.complete(new Kicked.Answered(done, more, Duration.ofMillis(700)));
        }
    }

    private Kicked send(Duration idle) {
        Sent kick = new Sent(idle, new CompletableFuture<>());
        sent.add(kick);
        return kick.answer().join();
    }

    private PoolDemand demand() {
        if (fault != null) {
            throw fault;
        }
        return new PoolDemand(
                "mail",
                waiting,
                waiting,
                POOL.size().workers(waiting),
                Duration.ofSeconds(2),
                nextDue,
                NOON,
                new PoolDemand.Work(waiting, tasks, NOON));
    }

    private Sent kick() {
        try {
            Sent kick = sent.poll(20, TimeUnit.SECONDS);
            assertThat(kick).as("a kick").isNotNull();
            return kick;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void noKick() {
        try {
            assertThat(sent.poll(60, TimeUnit.MILLISECONDS)).isNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        waker.quiet();
        sent.forEach(kick -> kick.answer(1, false));
        threads.shutdownNow();
    }

    @Test
    void manyTasksAtOnceAreOneKick() {
        for (int i = 0; i < 1000; i++) {
            waker.wake();
        }
        kick();
        noKick();
    }

    @Test
    void taskThatCameWhileAKickWasOpenIsLookedAtAfterIt() {
        waker.wake();
        Sent first = kick();
        waiting = 1;
        waker.wake();
        noKick();
        first.answer(1, false);
        kick();
    }

    @Test
    void nothingIsKickedAgainWhenTheWorkerTookThoseTasksAsWell() {
        waker.wake();
        Sent first = kick();
        waker.wake();
        waiting = 0;
        first.answer(2, false);
        noKick();
    }

    @Test
    void workerThatSaysThereIsMoreIsKickedAgain() {
        waker.wake();
        waiting = 5;
        kick().answer(100, true);
        kick();
    }

    @Test
    void thereAreAsManyKicksAsWorkersAreWantedAndNoMore() {
        waiting = 25;
        assertThat(waker.sweep(SWEEP)).isEqualTo(3);
        waiting = 1_000;
        assertThat(waker.sweep(SWEEP)).isZero();
        kick();
        kick();
        kick();
        noKick();
    }

    @Test
    void sweepKicksOnlyWhenThereIsDemand() {
        assertThat(waker.sweep(SWEEP)).isZero();
        noKick();
    }

    @Test
    void kickThatNobodyAnswersIsSentAgainWhileThereIsWork() {
        waiting = 1;
        waker.wake();
        kick().answer().complete(new Kicked.Failed("refused by the test"));
        kick().answer().complete(new Kicked.Failed("refused by the test"));
        Sent third = kick();
        waiting = 0;
        third.answer().complete(new Kicked.Failed("refused by the test"));
    }

    @Test
    void poolThatCannotBeWokenIsToldOnceAndOnceWhenItAnswersAgain() {
        waiting = 1;
        try (LogLines log = LogLines.of(Waker.class)) {
            waker.wake();
            kick().answer().complete(new Kicked.Failed("refused by the test"));
            kick().answer().complete(new Kicked.Failed("refused by the test"));
            Sent third = kick();
            assertThat(log.levels()).containsExactly("WARN");
            waiting = 0;
            third.answer(1, false);
            awaitClosed();
            assertThat(log.levels()).containsExactly("WARN", "INFO");
        }
    }

    @Test
    void workThatCannotBeLookedAtIsToldOnceAndOnceWhenItIsKnownAgain() {
        try (LogLines log = LogLines.of(Waker.class)) {
            fault = new MillraceException(ErrorCode.STORE_UNAVAILABLE, "thrown by the test");
            waker.look();
            assertThat(log.levels()).as("the store's outage is told elsewhere").isEmpty();
            fault = new IllegalStateException("thrown by the test");
            waker.look();
            waker.look();
            assertThat(log.levels()).containsExactly("WARN");
            fault = null;
            waker.look();
            waker.look();
            assertThat(log.levels()).containsExactly("WARN", "INFO");
        }
    }

    @Test
    void failingKicksAreNotSentForEachTask() {
        waiting = 1;
        waker.wake();
        kick().answer().complete(new Kicked.Failed("refused by the test"));
        for (int i = 0; i < 1000; i++) {
            waker.wake();
        }
        kick();
        noKick();
    }

    @Test
    void tasksThatNoWorkerHandlesAreKickedForEverMoreSeldomUntilOthersCome() {
        waiting = 3;
        int kicks = 0;
        for (int sweep = 0; sweep < 40; sweep++) {
            if (waker.sweep(SWEEP) > 0) {
                kicks++;
                Sent kick = kick();
                kick.answer(0, false);
                awaitClosed();
            }
        }
        assertThat(kicks).isBetween(3, 6);
        waiting = 4;
        assertThat(waker.sweep(SWEEP)).isEqualTo(1);
    }

    /** Another process woke the worker for the first one, so that this one's kick was in vain. */
    @Test
    void anotherTaskIsKickedForThoughAsManyWaitedWhenAKickWasInVain() {
        waiting = 1;
        tasks = 1;
        assertThat(waker.sweep(SWEEP)).isEqualTo(1);
        kick().answer(0, false);
        awaitClosed();
        tasks = 2;
        assertThat(waker.sweep(SWEEP))
                .as("not left out as the same task would be")
                .isEqualTo(1);
    }

    /** A kick is over only when its answer was dealt with. */
    private void awaitClosed() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (waker.open() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void workerIsWokenBeforeTheNextTaskIsDueAndWaitsForIt() {
        nextDue = NOON.plusMillis(2_100);
        assertThat(waker.sweep(SWEEP)).isZero();
        waiting = 1;
        nextDue = NOON.plusMillis(1_500);
        assertThat(kick().idle()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
    }

    @Test
    void onlyAWorkerThatSleptTellsHowLongItTakesToWakeOne() {
        waker.wake();
        kick().answer(1, false);
        awaitClosed();
        waiting = 1;
        waker.sweep(SWEEP);
        kick().answer(1, false);
        awaitClosed();
        assertThat(woke).containsExactly(Duration.ofMillis(700));
    }
}
