package dev.millrace.storage.redis;

import dev.millrace.storage.Storage;
import io.vertx.core.Vertx;
import java.util.List;

/** Opens the store in Redis. */
public final class RedisStorage {
    private RedisStorage() {}

    /**
     * Connects, and begins to listen and to watch. Blocks; not to be called on an event loop.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} when Redis does not answer
     * @throws IllegalStateException when the store there has a format that this version cannot work with
     */
    public static Storage open(Vertx vertx, RedisSettings settings) {
        RedisLink link = new RedisLink(vertx, settings);
        try {
            return open(vertx, link, settings);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static Storage open(Vertx vertx, RedisLink link, RedisSettings settings) {
        RedisKeys keys = new RedisKeys(settings.prefix());
        RedisClock clock = new RedisClock(link);
        RedisBase base = new RedisBase(link, keys, clock, settings.usual());
        clock.synchronize();
        StoreIdentity identity = StoreIdentity.open(link, keys, StoreIdentity.newSecret());
        Scripts.preload(link);
        RedisWakeups wakeups = new RedisWakeups(base, vertx);
        StoreMarks marks = new StoreMarks(base, settings.mode() == RedisSettings.Mode.CLUSTER);
        StoreWatch watch = new StoreWatch(base, marks, wakeups, identity.secret());
        begin(wakeups, watch);
        return new Storage(
                new RedisTaskStore(base),
                new RedisQueueStore(base, clock),
                wakeups,
                new RedisSeriesStore(base),
                new RedisNodeStore(base),
                new RedisDestinationStore(base),
                new RedisAccountStore(base),
                new RedisLogStore(base),
                new RedisStoreCheck(base, watch),
                new RedisBackup(),
                new RedisStandstill(link, clock),
                clock,
                identity.secret(),
                Storage.once(List.of(watch::close, wakeups::close, link::close)));
    }

    private static void begin(RedisWakeups wakeups, StoreWatch watch) {
        wakeups.connect();
        try {
            watch.start();
        } catch (RuntimeException e) {
            watch.close();
            wakeups.close();
            throw e;
        }
    }
}
