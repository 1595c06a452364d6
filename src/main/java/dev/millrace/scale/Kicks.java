package dev.millrace.scale;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Wakes workers that sleep, of the pools that say how. */
@Singleton
public class Kicks {
    private final Pools pools;
    private final Map<String, Waker> wakers = new LinkedHashMap<>();

    Kicks(Pools pools, Demands demands, ColdStarts coldStarts, KickLine line) {
        this.pools = pools;
        Executor threads = Executors.newVirtualThreadPerTaskExecutor();
        for (Pool pool : pools.all()) {
            if (pool.kick() != null) {
                wakers.put(
                        pool.name(),
                        new Waker(
                                pool,
                                idle -> line.kick(pool.kick(), idle),
                                () -> demands.of(pool),
                                took -> coldStarts.note(pool, took),
                                threads));
            }
        }
    }

    /** A task of this queue became ready. Never blocks, never fails. */
    public void ready(String queue) {
        if (wakers.isEmpty()) {
            return;
        }
        Pool pool = pools.of(queue);
        Waker waker = pool == null ? null : wakers.get(pool.name());
        if (waker != null) {
            waker.wake();
        }
    }

    /** Tasks of any queues may have become ready. Never blocks, never fails. */
    public void anyReady() {
        wakers.values().forEach(Waker::wake);
    }

    Collection<Waker> wakers() {
        return wakers.values();
    }
}
