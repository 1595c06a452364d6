package dev.millrace.scale;

import java.time.Instant;

/** By what the number of a pool's workers follows the demand. Asked again and again; remembers what it has to. */
interface ScalingPolicy {
    /**
     * How many workers there should be.
     *
     * @param workers that there are
     * @param demand tasks that are to be done or under way
     */
    int workers(int workers, long demand, Instant now);
}
