package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.storage.model.BrokenStore.Promise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model check sees what it is there for: a store that breaks a promise does not live long. */
public interface BrokenPromises {
    /** So that each run is the same. */
    long SEED = 20_261_121;

    int STEPS = 2_000;

    /** This store, empty as far as the queues of a new life go. */
    Nodes nodes();

    @ParameterizedTest
    @EnumSource(Promise.class)
    default void storeThatBreaksAPromiseIsCaught(Promise broken) {
        Life life = new Life(SEED, new BrokenStore(nodes(), broken));
        if (broken == Promise.NONE) {
            assertThatCode(() -> life.live(STEPS)).doesNotThrowAnyException();
            return;
        }
        AssertionError caught = catchThrowableOfType(AssertionError.class, () -> life.live(STEPS));
        assertThat(caught).as("the model check of a store without %s", broken).isNotNull();
        System.out.printf(
                "Model check: a store whose %s is broken was caught, seed %d, %s%n",
                broken, SEED, caught.getMessage().lines().findFirst().orElse(""));
    }
}
