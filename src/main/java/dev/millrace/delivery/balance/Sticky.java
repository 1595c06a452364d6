package dev.millrace.delivery.balance;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends what has the same key to the same backend, by rendezvous hashing: every node picks the same one without asking,
 * and when a backend comes or goes only its own keys move. What has no key goes as another balancer says.
 */
final class Sticky implements Balancer {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final double UNIT = 0x1.0p-53;

    private final Balancer others;

    Sticky(Balancer others) {
        this.others = others;
    }

    @Override
    public <C extends Candidate> C pick(List<C> candidates, String key) {
        if (key == null) {
            return others.pick(candidates, null);
        }
        C best = candidates.getFirst();
        double highest = Double.NEGATIVE_INFINITY;
        for (C candidate : candidates) {
            double score = -candidate.weight() / Math.log(share(key, candidate.id()));
            if (score > highest) {
                highest = score;
                best = candidate;
            }
        }
        return best;
    }

    /** Between 0 and 1, both excluded. */
    private static double share(String key, String id) {
        long hash = OFFSET;
        for (byte b : (key + '\n' + id).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * PRIME;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        return ((hash >>> 11) + 0.5) * UNIT;
    }
}
