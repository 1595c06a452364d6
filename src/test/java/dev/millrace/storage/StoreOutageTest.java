package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreOutageTest {
    private final StoreOutage outage = new StoreOutage();
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

    @Test
    void anOutageLastsUntilTheFirstAnswerAfterTheLastFailure() {
        assertBegins("lease");
        after(3);
        assertGoesOn("submit");
        after(2);
        assertStillAway("lease");
        after(1);
        assertStillAway("lease");
        assertThat(outage.answered("submit", now)).contains(Duration.ofSeconds(5));
        assertThat(outage.answered("submit", now)).isEmpty();
    }

    @Test
    void aStoreThatHasJustAnsweredAgainIsNotYetBack() {
        assertBegins("lease");
        after(5);
        assertGoesOn("lease");
        assertStillAway("lease");
        after(1);
        assertThat(outage.answered("lease", now)).contains(Duration.ofSeconds(5));
    }

    @Test
    void oneThatAnswersSomeCallsAndNotOthersStaysAwayHoweverSeldomTheyAre() {
        assertBegins("submit");
        for (int minute = 0; minute < 30; minute++) {
            for (int i = 0; i < 60; i++) {
                after(1);
                assertStillAway("lease");
            }
            assertGoesOn("submit");
        }
        after(60);
        assertStillAway("lease");
        after(60);
        assertThat(outage.answered("submit", now)).contains(Duration.ofMinutes(31));
    }

    @Test
    void whatFailedWithOthersAndWasNotCalledAgainIsForgottenSoon() {
        assertBegins("lease");
        assertGoesOn("list");
        after(4);
        assertStillAway("lease");
        after(5);
        assertStillAway("lease");
        after(1);
        assertThat(outage.answered("lease", now)).contains(Duration.ofSeconds(4));
    }

    @Test
    void whatFailedAloneAndWasNotCalledAgainIsForgottenAfterManyMinutes() {
        assertBegins("list");
        after(1);
        assertStillAway("lease");
        after(14 * 60);
        assertStillAway("lease");
        after(60);
        assertThat(outage.answered("lease", now)).contains(Duration.ofSeconds(1));
        assertBegins("list");
    }

    private void assertBegins(String operation) {
        assertThat(outage.failed(operation, now)).as("first failure").isTrue();
    }

    private void assertGoesOn(String operation) {
        assertThat(outage.failed(operation, now)).as("first failure").isFalse();
    }

    private void assertStillAway(String operation) {
        assertThat(outage.answered(operation, now)).isEmpty();
    }

    private void after(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
