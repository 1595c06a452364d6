package dev.millrace.delivery.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * By weight, evenly mixed: each round gives everybody credit by weight, and who has most goes and pays for all. A heavy
 * one does not get its share in a row.
 */
final class SmoothWeighted implements Balancer {
    private final Map<String, Integer> credit = new HashMap<>();

    @Override
    public <C extends Candidate> C pick(List<C> candidates, String key) {
        int total = 0;
        C best = null;
        int most = Integer.MIN_VALUE;
        for (C candidate : candidates) {
            total += candidate.weight();
            int mine = credit.merge(candidate.id(), candidate.weight(), Integer::sum);
            if (mine > most) {
                most = mine;
                best = candidate;
            }
        }
        credit.merge(best.id(), -total, Integer::sum);
        if (credit.size() > 2 * candidates.size()) {
            credit.keySet().retainAll(candidates.stream().map(Candidate::id).toList());
        }
        return best;
    }
}
