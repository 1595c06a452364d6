package dev.millrace.storage.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done in whatever order, the store does what its model says. Every run has a seed of its own, which is printed;
 * {@code -Dmillrace.model.seed=N} does the same again, {@code -Dmillrace.model.lives=N} as many with new seeds, and
 * {@code -Dmillrace.model.steps=N} longer ones.
 */
public interface ModelCheck {
    /** This store, empty as far as the queues of a new life go. */
    Nodes nodes();

    /** The length of a life. */
    default int steps() {
        return 10_000;
    }

    @Test
    default void storeDoesWhatItsModelSays() {
        int steps = Integer.getInteger("millrace.model.steps", steps());
        for (long seed : seeds()) {
            String name = "%s, -Dmillrace.model.seed=%d".formatted(getClass().getSimpleName(), seed);
            long began = System.nanoTime();
            try {
                String lived = new Life(seed, nodes()).live(steps);
                System.out.printf(
                        Locale.ROOT,
                        "Model check: %s: %d steps in %.1f s, %s%n",
                        name,
                        steps,
                        (System.nanoTime() - began) / 1e9,
                        lived);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Model check: " + name + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<Long> seeds() {
        Long given = Long.getLong("millrace.model.seed");
        List<Long> seeds = new ArrayList<>();
        for (int i = Integer.getInteger("millrace.model.lives", 1); i > 0; i--) {
            seeds.add(given != null ? given : ThreadLocalRandom.current().nextLong());
        }
        return seeds;
    }
}
