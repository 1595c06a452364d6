package dev.millrace.delivery.balance;

import dev.millrace.delivery.destination.Balance;
import java.util.random.RandomGenerator;

/** The balancers there are, by name. */
public final class Balancers {
    private Balancers() {}

    /**
     * @param sticky keys stick together
     */
    public static Balancer of(Balance balance, boolean sticky, RandomGenerator random) {
        Balancer plain = switch (balance) {
            case ROUND_ROBIN -> new RoundRobin();
            case WEIGHTED -> new SmoothWeighted();
            case LEAST_CONNECTIONS -> new Cheapest(Cheapest::load, random);
            case LEAST_RESPONSE_TIME -> new Cheapest(Cheapest::wait, random);
            case ADAPTIVE -> new Adaptive(random);
        };
        return sticky ? new Sticky(plain) : plain;
    }
}
