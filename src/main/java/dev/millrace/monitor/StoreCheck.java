package dev.millrace.monitor;

import java.time.Duration;
import java.util.List;

/** Looks at the store itself. */
public interface StoreCheck {
    /** The name of the circuit breaker that all calls of the store pass through. */
    String BREAKER = "store";

    /** Asks the store for the smallest thing; throws {@code STORE_UNAVAILABLE} when it does not answer. */
    void ping();

    /** What the store is: {@code sqlite} or {@code redis}. */
    String kind();

    /** How much survives what: one sentence for people, such as "AOF everysec: a power cut may lose the last second". */
    String durability();

    /**
     * How far this machine's clock is ahead of the store's, negative when it is behind; zero when the store goes by this
     * machine's clock.
     */
    Duration clockOffset();

    /**
     * How often this process found that the store had lost what was in it: that it was emptied, replaced, or holds an older
     * state than it did. Each time is also a finding {@code store-rollback}, for a day.
     */
    int rollbacks();

    /** What is wrong with it, worst first; empty when all is well. What cannot be found out is not a finding. */
    List<Finding> findings();

    /**
     * One thing that is wrong.
     *
     * @param fatal Millrace does not start with this
     * @param code stable, such as {@code redis-no-aof}
     * @param sentence what is wrong and what to do about it, in one line
     */
    record Finding(boolean fatal, String code, String sentence) {}
}
