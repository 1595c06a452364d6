package dev.millrace.storage.redis;

import dev.millrace.cluster.Standstill;

/**
 * A network forgets connections that are silent for minutes, and says nothing: what is written to them is lost without an
 * error. And the monotonic clock, which moves the store's time on, need not have run.
 */
final class RedisStandstill implements Standstill {
    private final RedisLink link;
    private final RedisClock clock;

    RedisStandstill(RedisLink link, RedisClock clock) {
        this.link = link;
        this.clock = clock;
    }

    @Override
    public void end() {
        link.renew();
        clock.synchronize();
    }
}
