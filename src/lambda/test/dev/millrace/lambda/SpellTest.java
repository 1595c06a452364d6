package dev.millrace.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.MillraceException;
import dev.millrace.worker.DrainCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpellTest {
    private static final DrainCall USUAL = new DrainCall(DrainCall.ALL, Duration.ofMinutes(4), Duration.ZERO);
    private static final DrainCall LONG = new DrainCall(7, Duration.ofHours(1), Duration.ofSeconds(1));

    private static Spell with(Duration left) {
        return Spell.of(new TimedContext(left));
    }

    @Test
    void sliceAndLongestTaskFitIntoTheTimeThatIsLeft() {
        for (int seconds = 12; seconds <= 900; seconds++) {
            Spell spell = with(Duration.ofSeconds(seconds));
            for (DrainCall asked : new DrainCall[] {USUAL, LONG}) {
                DrainCall call = spell.fit(asked, Spell.UNBOUNDED);
                assertThat(call.slice().plus(call.longest()).plus(Spell.MARGIN)).isEqualTo(spell.left());
                assertThat(call.longest()).isGreaterThanOrEqualTo(call.slice());
            }
        }
    }

    /** As stand-ins of the platform do; the same number is above and below nothing in turns, 25 days each. */
    @Test
    void withoutADeadlineTheLongestTimeIsTaken() {
        for (int millis : new int[] {-5_208_000, 0, 900_001, Integer.MAX_VALUE}) {
            assertThat(with(Duration.ofMillis(millis)).left()).isEqualTo(Duration.ofSeconds(900));
        }
    }

    @Test
    void mostOfTheTimeIsTheTasks() {
        DrainCall call = with(Duration.ofSeconds(900)).fit(USUAL, Spell.UNBOUNDED);

        assertThat(call.slice()).isEqualTo(Duration.ofSeconds(178));
        assertThat(call.longest()).isEqualTo(Duration.ofSeconds(712));
    }

    @Test
    void shortSliceLeavesTheRestToTasks() {
        DrainCall asked = new DrainCall(DrainCall.ALL, Duration.ofSeconds(20), Duration.ZERO);

        DrainCall call = with(Duration.ofSeconds(900)).fit(asked, Spell.UNBOUNDED);

        assertThat(call.slice()).isEqualTo(Duration.ofSeconds(20));
        assertThat(call.longest()).isEqualTo(Duration.ofSeconds(870));
    }

    @Test
    void requestToAFunctionUrlLeavesATaskFourMinutes() {
        DrainCall call = with(Duration.ofSeconds(900)).fit(USUAL, Duration.ofMinutes(5));

        assertThat(call.longest()).isEqualTo(Duration.ofSeconds(240));
    }

    @Test
    void boundOfTheDoorHoldsToo() {
        DrainCall call = with(Duration.ofSeconds(900)).fit(LONG, Duration.ofSeconds(22));

        assertThat(call).isEqualTo(new DrainCall(7, Duration.ofMillis(4_400), Duration.ofSeconds(1), Duration.ofMillis(17_600)));
    }

    @Test
    void tooShortATimeoutIsSaid() {
        assertThatThrownBy(() -> with(Duration.ofSeconds(3)).fit(USUAL, Spell.UNBOUNDED))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("3 s left")
                .hasMessageContaining("12 s at least: raise its Timeout");
    }

    @Test
    void workerIsNamedAfterItsLog() {
        assertThat(with(Duration.ofMinutes(1)).worker()).isEqualTo("millrace-89abcdef");
    }
}
