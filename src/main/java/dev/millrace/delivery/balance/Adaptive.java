package dev.millrace.delivery.balance;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Takes two at random by weight, and of these the one with the better prospect: its answer times, what is under way to
 * it, and how often it fails. Two choices keep many nodes from running to the same backend at once, and are what is left
 * while nothing was learned. Now and then the first one goes whatever its prospect, so that one who became better is
 * noticed.
 */
final class Adaptive implements Balancer {
    /** How many tasks in a hundred go to see how it is with someone. */
    private static final int CURIOSITY = 2;

    private final RandomGenerator random;

    Adaptive(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public <C extends Candidate> C pick(List<C> candidates, String key) {
        C one = any(candidates, null);
        if (candidates.size() == 1 || random.nextInt(100) < CURIOSITY) {
            return one;
        }
        C other = any(candidates, one);
        return Cheapest.wait(other) < Cheapest.wait(one) ? other : one;
    }

    /** Anyone but this one, by weight. */
    private <C extends Candidate> C any(List<C> candidates, C but) {
        int total = 0;
        for (C candidate : candidates) {
            total += candidate == but ? 0 : candidate.weight();
        }
        int at = random.nextInt(total);
        for (C candidate : candidates) {
            at -= candidate == but ? 0 : candidate.weight();
            if (candidate != but && at < 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("Weights changed meanwhile");
    }
}
