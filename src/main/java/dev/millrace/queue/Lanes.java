package dev.millrace.queue;

import java.util.Map;
import java.util.Set;

/** Which lanes of a queue to lease from. Tasks of destinations are never among those of types. */
public sealed interface Lanes {
    /** Those of all types. */
    Lanes ALL_TYPES = new AllTypes();

    /** Every type's, no destination's. */
    record AllTypes() implements Lanes {}

    /**
     * Those of these types.
     *
     * @param types one or more
     */
    record Types(Set<String> types) implements Lanes {
        public Types {
            if (types.isEmpty()) {
                throw new IllegalArgumentException("No types: that is not all of them");
            }
            types = Set.copyOf(types);
        }
    }

    /**
     * Those of all destinations, each up to its limit. Closed ones are left alone: to have them costs a lease no more
     * than to name them.
     *
     * @param each how many tasks a destination gives at most, 1 or more
     * @param limits for those that give another number; 0 closes
     */
    record Destinations(int each, Map<String, Integer> limits) implements Lanes {
        public Destinations {
            limits = Map.copyOf(limits);
        }

        public int limit(String destination) {
            return limits.getOrDefault(destination, each);
        }
    }

    /**
     * @param types empty means all
     */
    static Lanes ofTypes(Set<String> types) {
        return types.isEmpty() ? ALL_TYPES : new Types(types);
    }
}
