package dev.millrace.storage.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all of this store's parts share. */
final class RedisBase {
    private final RedisLink link;
    private final RedisClock clock;
    private final RedisKeys keys;
    private final QueueNumbers numbers;
    private final BlobCache blobs = new BlobCache();
    private final WorkerNames workers;
    private final byte[] channel;
    private final Map<String, QueueKeys> queues = new ConcurrentHashMap<>();

    RedisBase(RedisLink link, RedisKeys keys, RedisClock clock) {
        this.link = link;
        this.clock = clock;
        this.keys = keys;
        this.numbers = new QueueNumbers(link, keys, name -> queue(name).named("cfg"));
        this.workers = new WorkerNames(this);
        this.channel = RedisKeys.bytes(keys.channel());
    }

    RedisLink link() {
        return link;
    }

    RedisClock clock() {
        return clock;
    }

    RedisKeys keys() {
        return keys;
    }

    QueueNumbers numbers() {
        return numbers;
    }

    BlobCache blobs() {
        return blobs;
    }

    WorkerNames workers() {
        return workers;
    }

    byte[] channel() {
        return channel;
    }

    QueueKeys queue(String name) {
        return queues.computeIfAbsent(name, keys::of);
    }

    /** Forgets what was read from a store that is not the same any more. */
    void forget() {
        blobs.clear();
        workers.clear();
    }
}
