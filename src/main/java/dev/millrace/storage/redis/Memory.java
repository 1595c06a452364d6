package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node has seen of settings, by the way: those of queues, and the destinations. It is for a store that lost
 * them: the settings of queues that are gone or were made anew are written again as they were; a change of settings in the
 * time that was lost stays lost.
 */
final class Memory {
    private static final String NUMBER = "number";
    private static final int TOGETHER = 500;

    private final RedisLink link;
    private final RedisKeys keys;
    private final Map<String, Map<String, String>> queues = new ConcurrentHashMap<>();
    /** Of queues that came with another number since the store was last seen whole: made anew, perhaps by a loss. */
    private final Map<String, Map<String, String>> before = new ConcurrentHashMap<>();

    private volatile Map<String, byte[]> destinations = Map.of();

    Memory(RedisLink link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * @param settings the fields of its hash; those of no queue are none
     */
    void learn(String queue, Map<String, String> settings) {
        if (settings.containsKey(NUMBER)) {
            Map<String, String> known = queues.put(queue, settings);
            if (known != null && !known.get(NUMBER).equals(settings.get(NUMBER))) {
                before.putIfAbsent(queue, known);
            }
        }
    }

    void forget(String queue) {
        queues.remove(queue);
    }

    void learnDestinations(Map<String, byte[]> all) {
        if (!all.isEmpty()) {
            destinations = all;
        }
    }

    /** The store is whole: what changed was meant to. */
    void confirm() {
        before.clear();
    }

    /** Writes the settings of queues that are not those which this node knew, and the destinations if there are none. */
    void reinstate() {
        Map<String, Map<String, String>> known = new HashMap<>(queues);
        known.putAll(before);
        List<String> names = List.copyOf(known.keySet());
        List<Request> writes = new ArrayList<>();
        for (int from = 0; from < names.size(); from += TOGETHER) {
            List<String> some = names.subList(from, Math.min(names.size(), from + TOGETHER));
            List<Response> numbers = link.askAll(some.stream()
                    .map(name -> Request.cmd(Command.HGET)
                            .arg(keys.of(name).named("cfg"))
                            .arg(NUMBER))
                    .toList());
            for (int i = 0; i < some.size(); i++) {
                Map<String, String> settings = known.get(some.get(i));
                if (!settings.get(NUMBER).equals(String.valueOf(numbers.get(i)))) {
                    addWrites(keys.of(some.get(i)).named("cfg"), settings, writes);
                }
            }
        }
        addDestinations(writes);
        for (int from = 0; from < writes.size(); from += TOGETHER) {
            link.askAll(writes.subList(from, Math.min(writes.size(), from + TOGETHER)));
        }
    }

    private static void addWrites(byte[] hash, Map<String, String> settings, List<Request> writes) {
        settings.forEach((field, value) -> {
            if (!field.equals(NUMBER)) {
                writes.add(unlessThere(hash, field, RedisKeys.bytes(value)));
            }
        });
    }

    private void addDestinations(List<Request> writes) {
        Map<String, byte[]> known = destinations;
        boolean lost = !known.isEmpty()
                && link.ask(Request.cmd(Command.EXISTS).arg(keys.destinations()))
                                .toInteger()
                        == 0;
        if (lost) {
            known.forEach((name, value) -> writes.add(unlessThere(keys.destinations(), name, value)));
        }
    }

    /** Several nodes may do this at once, and somebody may have changed it since. */
    private static Request unlessThere(byte[] hash, String field, byte[] value) {
        return Request.cmd(Command.HSETNX).arg(hash).arg(field).arg(value);
    }
}
