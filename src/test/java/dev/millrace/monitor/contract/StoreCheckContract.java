package dev.millrace.monitor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A store that is well says so. */
public interface StoreCheckContract extends StoreFixture {
    @Test
    default void healthyStoreAnswersAndHasNoFatalFinding() {
        storage().check().ping();

        assertThat(storage().check().findings()).noneMatch(finding -> finding.fatal());
    }

    @Test
    default void storeTellsWhatItIsAndWhatSurvives() {
        assertThat(storage().check().kind()).isIn("sqlite", "redis");
        assertThat(storage().check().durability()).isNotBlank().doesNotContain("\n");
    }

    @Test
    default void storeOnThisMachineAgreesWithItAboutTheTime() {
        assertThat(storage().check().clockOffset().abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    default void storesTimeMovesOn() {
        Instant first = storage().clock().instant();
        Instant second = storage().clock().instant();

        assertThat(second).isBetween(first, first.plus(Duration.ofMinutes(1)));
    }

    @Test
    default void secretIsTheStoresOwn() {
        assertThat(storage().secret()).hasSize(32).isNotEqualTo(new byte[32]);
    }
}
