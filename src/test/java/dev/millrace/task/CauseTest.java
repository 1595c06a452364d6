package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CauseTest {
    @Test
    void namesAreThoseOfTheContract() {
        assertThat(Arrays.stream(Cause.values()).map(Cause::wire))
                .containsExactly(
                        "submitted",
                        "due",
                        "leased",
                        "completed",
                        "failed",
                        "timed-out",
                        "lease-expired",
                        "released",
                        "manual-retry",
                        "run-now",
                        "cancelled",
                        "expired",
                        "replaced",
                        "poison",
                        "outcome-unknown",
                        "store-rollback");
    }

    @Test
    void codesLeadBackToTheCauseAndCountFromZero() {
        int expected = 0;
        for (Cause cause : Cause.values()) {
            assertThat(cause.code()).isEqualTo(expected++);
            assertThat(Cause.ofCode(cause.code())).isEqualTo(cause);
        }
    }
}
