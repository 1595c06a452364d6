package dev.millrace.role;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every role promises of its start and stop. */
public interface RoleContract {
    Duration SHORT = Duration.ofMillis(200);

    Role newRole();

    @Test
    default void startingTwiceIsStartingOnce() {
        Role role = newRole();
        role.start();
        assertThatCode(role::start).doesNotThrowAnyException();
        role.stop(SHORT);
    }

    @Test
    default void stoppingBeforeStartIsSafe() {
        Role role = newRole();
        assertThatCode(() -> role.stop(SHORT)).doesNotThrowAnyException();
        assertThatCode(role::start).doesNotThrowAnyException();
        role.stop(SHORT);
    }

    @Test
    default void stoppingTwiceIsSafe() {
        Role role = newRole();
        role.start();
        role.stop(SHORT);
        assertThatCode(() -> role.stop(SHORT)).doesNotThrowAnyException();
    }

    @Test
    default void quietMayComeAnyTime() {
        Role role = newRole();
        assertThatCode(role::quiet).doesNotThrowAnyException();
        role.start();
        role.quiet();
        assertThatCode(role::quiet).doesNotThrowAnyException();
        role.stop(SHORT);
        assertThatCode(role::quiet).doesNotThrowAnyException();
    }
}
