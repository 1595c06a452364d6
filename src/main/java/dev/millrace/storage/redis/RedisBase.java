package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig.Retention;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all of this store's parts share. */
final class RedisBase {
    private final RedisLink link;
    private final RedisClock clock;
    private final RedisKeys keys;
    private final QueueNumbers numbers;
    private final Memory memory;
    private final BlobCache blobs = new BlobCache();
    private final WorkerNames workers;
    private final byte[] channel;
    private final Retention usual;
    private final Map<String, QueueKeys> queues = new ConcurrentHashMap<>();

    /**
     * @param usual how long queues keep ended tasks that say nothing of it themselves
     */
    RedisBase(RedisLink link, RedisKeys keys, RedisClock clock, Retention usual) {
        this.link = link;
        this.clock = clock;
        this.keys = keys;
        this.numbers = new QueueNumbers(link, keys, name -> queue(name).named("cfg"));
        this.memory = new Memory(link, keys);
        this.workers = new WorkerNames(this);
        this.channel = RedisKeys.bytes(keys.channel());
        this.usual = usual;
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

    /** What is written again when the store loses it. */
    Memory memory() {
        return memory;
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

    Retention usual() {
        return usual;
    }

    QueueKeys queue(String name) {
        return queues.computeIfAbsent(name, keys::of);
    }

    /** After a loss: forgets what was read from the store as it was, and writes again what it does not know any more. */
    void reinstate() {
        blobs.clear();
        workers.clear();
        numbers.reinstate();
        memory.reinstate();
    }

    /** A queue that was deleted. */
    void forget(String queue) {
        numbers.forget(queue);
        memory.forget(queue);
    }

    /** Sets and removes fields of a hash, also when Redis is full; answers how many were not there. */
    int keep(byte[] hash, Map<String, byte[]> set, Collection<String> unset) {
        List<byte[]> args = new ArrayList<>();
        args.add(RedisKeys.bytes("" + set.size()));
        set.forEach((field, value) -> {
            args.add(RedisKeys.bytes(field));
            args.add(value);
        });
        unset.forEach(field -> args.add(RedisKeys.bytes(field)));
        return link.await(Scripts.KEEP.run(link.line(), List.of(hash), args)).toInteger();
    }
}
