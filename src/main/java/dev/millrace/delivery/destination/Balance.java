package dev.millrace.delivery.destination;

import java.util.Locale;

/** How a destination's tasks are spread over its backends. */
public enum Balance {
    /** One after the other. */
    ROUND_ROBIN,
    /** In proportion to the weights, evenly mixed. */
    WEIGHTED,
    /** To the one with the fewest requests under way, by weight. */
    LEAST_CONNECTIONS,
    /** To the one that is expected to answer first. */
    LEAST_RESPONSE_TIME,
    /** Learns from answer times and errors, and keeps trying the others. */
    ADAPTIVE;

    /** The name on the wire: lower case, with dashes. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
