package dev.millrace.storage.redis;

import dev.millrace.storage.Storage;
import dev.millrace.storage.model.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Two processes on one Redis. */
final class RedisNodes implements Nodes, AutoCloseable {
    private final OpenRedis redis;
    private final List<Storage> open = new ArrayList<>();

    RedisNodes(OpenRedis redis) {
        this.redis = redis;
    }

    @Override
    public Storage node(int number) {
        while (open.size() < count()) {
            open.add(redis.another());
        }
        return open.get(number);
    }

    @Override
    public void restart(int number) {
        open.set(number, redis.another()).close();
    }

    @Override
    public int count() {
        return 2;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        redis.checkLayout(queues);
    }

    @Override
    public void close() {
        open.forEach(Storage::close);
    }
}
