package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final AtomicLong nanos = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(nanos::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("as ada");
        }
    }

    @Test
    void afterFiveFailuresAMinuteHasToPass() {
        fail(4);
        assertThat(throttle.refuses("as ada")).isFalse();
        fail(1);
        assertThat(throttle.refuses("as ada")).isTrue();
        assertThat(throttle.refuses("as eve")).isFalse();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(throttle.refuses("as ada")).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(throttle.refuses("as ada")).isFalse();
    }

    @Test
    void successForgetsFailures() {
        fail(4);
        throttle.succeeded("as ada");
        fail(4);
        assertThat(throttle.refuses("as ada")).isFalse();
    }

    @Test
    void whatIsRememberedIsBounded() {
        fail(5);
        for (int i = 0; i < 10_000; i++) {
            throttle.failed("from " + i);
        }
        assertThat(throttle.refuses("as ada")).isFalse();
    }
}
