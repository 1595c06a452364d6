package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.LogLines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    @Test
    void aLoopGoesOnWhateverItsStepThrows() throws InterruptedException {
        CountDownLatch steps = new CountDownLatch(3);
        Loop loop = new Loop("test", new Bell(), () -> {
            steps.countDown();
            throw new AssertionError("thrown by the test");
        });
        loop.start();
        assertThat(steps.await(20, TimeUnit.SECONDS)).isTrue();
        loop.stop();
        assertThat(loop.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void ofALastStepThatFailsNothingIsSaid() throws InterruptedException {
        CompletableFuture<Boolean> began = new CompletableFuture<>();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Loop loop = new Loop("test", new Bell(), () -> {
            began.complete(true);
            Gate.soon(told);
            throw new AssertionError("thrown by the test");
        });
        try (LogLines log = LogLines.of(Loop.class)) {
            loop.start();
            Gate.soon(began);
            loop.stop();
            told.complete(true);
            assertThat(loop.join(Duration.ofSeconds(20))).isTrue();
            assertThat(log.levels()).isEmpty();
        }
    }

    @Test
    void aRingEndsTheWait() throws InterruptedException {
        CountDownLatch steps = new CountDownLatch(2);
        Bell bell = new Bell();
        Loop loop = new Loop("test", bell, () -> {
            steps.countDown();
            return LONG;
        });
        loop.start();
        bell.ring();
        assertThat(steps.await(20, TimeUnit.SECONDS)).isTrue();
        loop.stop();
        assertThat(loop.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aRingBeforeTheWaitIsNotLost() {
        Bell bell = new Bell();
        bell.ring();
        bell.await(LONG);
    }

    @Test
    void aWaitEndsByItself() {
        new Bell().await(TimeUnit.MILLISECONDS.toNanos(1));
    }
}
