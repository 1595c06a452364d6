package dev.millrace.delivery.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** The one that costs least by some measure; of equal ones any. */
final class Cheapest implements Balancer {
    private static final double FAILURE = 8;

    private final ToDoubleFunction<Candidate> cost;
    private final RandomGenerator random;

    Cheapest(ToDoubleFunction<Candidate> cost, RandomGenerator random) {
        this.cost = cost;
        this.random = random;
    }

    /** Requests under way and this one, by weight. */
    static double load(Candidate candidate) {
        return (candidate.inFlight() + 1.0) / candidate.weight();
    }

    /**
     * When it would have answered this one, too, if it works at them one by one; who is unknown is asked first. One that
     * fails half of the time counts as five times slower.
     */
    static double wait(Candidate candidate) {
        return candidate.latency() * load(candidate) * (1 + FAILURE * candidate.errors());
    }

    @Override
    public <C extends Candidate> C pick(List<C> candidates, String key) {
        List<C> best = new ArrayList<>(candidates.size());
        double least = Double.POSITIVE_INFINITY;
        for (C candidate : candidates) {
            double its = cost.applyAsDouble(candidate);
            if (its < least) {
                least = its;
                best.clear();
            }
            if (its == least) {
                best.add(candidate);
            }
        }
        return best.get(best.size() == 1 ? 0 : random.nextInt(best.size()));
    }
}
