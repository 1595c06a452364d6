package dev.millrace.delivery.balance;

import java.util.List;

/** One after the other. */
final class RoundRobin implements Balancer {
    private int next;

    @Override
    public <C extends Candidate> C pick(List<C> candidates, String key) {
        C picked = candidates.get(Math.floorMod(next, candidates.size()));
        next++;
        return picked;
    }
}
