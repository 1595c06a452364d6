package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names behind the worker numbers in records, which never change; a queue keeps the last 4,096. */
final class WorkerNames {
    private static final int LIMIT = 50_000;
    private static final String FORGOTTEN = "?";

    private final RedisBase base;
    private final Map<Key, String> known = new ConcurrentHashMap<>();

    WorkerNames(RedisBase base) {
        this.base = base;
    }

    Map<Integer, String> of(String queue, Set<Integer> numbers) {
        Map<Integer, String> names = new HashMap<>();
        List<Integer> unknown = new ArrayList<>();
        for (int number : numbers) {
            String name = known.get(new Key(queue, number));
            if (name != null) {
                names.put(number, name);
            } else if (number > 0) {
                unknown.add(number);
            }
        }
        if (!unknown.isEmpty()) {
            read(queue, unknown, names);
        }
        return names;
    }

    private void read(String queue, List<Integer> numbers, Map<Integer, String> names) {
        Request request = Request.cmd(Command.HMGET).arg(base.queue(queue).named("workers"));
        numbers.forEach(number -> request.arg("#" + number));
        Response answer = base.link().ask(request);
        for (int i = 0; i < numbers.size(); i++) {
            Response name = answer.get(i);
            names.put(numbers.get(i), name == null ? FORGOTTEN : name.toString());
            if (name != null) {
                learn(queue, numbers.get(i), name.toString());
            }
        }
    }

    void learn(String queue, int number, String name) {
        if (known.size() < LIMIT) {
            known.putIfAbsent(new Key(queue, number), name);
        }
    }

    void clear() {
        known.clear();
    }

    private record Key(String queue, int number) {}
}
