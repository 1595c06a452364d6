package dev.millrace.delivery.balance;

import java.util.List;

/** Chooses who gets the next task. Called by one thread at a time. */
public interface Balancer {
    /**
     * @param candidates one or more, in any order
     * @param key what sticks together; null for none
     */
    <C extends Candidate> C pick(List<C> candidates, String key);
}
