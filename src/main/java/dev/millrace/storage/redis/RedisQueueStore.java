package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues: their numbers and use in keys of the whole store, all else in each one's own. */
final class RedisQueueStore implements QueueStore {
    private final RedisBase base;
    private final QueueSnapshots snapshots;
    private final QueueRemoval removal;
    private final InstantSource clock;

    RedisQueueStore(RedisBase base, InstantSource clock) {
        this.base = base;
        this.snapshots = new QueueSnapshots(base);
        this.removal = new QueueRemoval(base);
        this.clock = clock;
    }

    @Override
    public int open(String queue, Instant now) {
        return base.numbers().open(queue);
    }

    @Override
    public Map<String, Integer> names() {
        List<Response> answers = base.link()
                .askAll(List.of(
                        Request.cmd(Command.HGETALL).arg(base.keys().queues()),
                        Request.cmd(Command.ZRANGE)
                                .arg(base.keys().used())
                                .arg(0)
                                .arg(-1)
                                .arg("REV")));
        Map<String, Integer> numbers = new HashMap<>();
        Hashes.strings(answers.get(0)).forEach((field, value) -> {
            if (field.charAt(0) != '#' && field.charAt(0) != '.') {
                numbers.put(field, Integer.valueOf(value));
            }
        });
        Map<String, Integer> names = new LinkedHashMap<>();
        answers.get(1).forEach(name -> {
            Integer number = numbers.remove(name.toString());
            if (number != null) {
                names.put(name.toString(), number);
            }
        });
        numbers.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> names.put(e.getKey(), e.getValue()));
        return names;
    }

    @Override
    public Optional<QueueSnapshot> find(String queue, Instant now) {
        return findAll(List.of(queue), now).stream().findFirst();
    }

    @Override
    public List<QueueSnapshot> findAll(List<String> queues, Instant now) {
        return snapshots.read(queues, now);
    }

    @Override
    public boolean configure(String queue, QueueConfig config) {
        if (base.numbers().find(queue).isEmpty()) {
            return false;
        }
        Map<String, byte[]> fields = new HashMap<>();
        QueueConfigs.write(config).forEach((field, value) -> fields.put(field, RedisKeys.bytes(value)));
        List<String> unset = QueueConfigs.FIELDS.stream()
                .filter(field -> !fields.containsKey(field))
                .toList();
        keep(queue, fields, unset);
        announce(queue);
        return true;
    }

    @Override
    public boolean pause(String queue, boolean paused) {
        if (base.numbers().find(queue).isEmpty()) {
            return false;
        }
        keep(queue, Map.of("paused", RedisKeys.bytes(paused ? "1" : "0")), List.of());
        if (!paused) {
            announce(queue);
        }
        return true;
    }

    /** What waits may be leased, which it perhaps could not before. */
    private void announce(String queue) {
        base.link().ask(Request.cmd(Command.PUBLISH).arg(base.keys().channel()).arg("r" + queue));
    }

    private void keep(String queue, Map<String, byte[]> set, List<String> unset) {
        byte[] key = base.queue(queue).named("cfg");
        base.keep(key, set, unset);
        base.memory().learn(queue, Hashes.strings(base.link().ask(Command.HGETALL, key)));
    }

    /** By the queue's own time: what it kept per minute goes with it. */
    private Instant lastChange(String queue) {
        Response at = base.link().ask(Command.HGET, base.queue(queue).named("n"), "ms");
        return at == null ? clock.instant() : Instant.ofEpochMilli(at.toLong());
    }

    @Override
    public Deleted delete(String queue, boolean force) {
        base.numbers().forget(queue);
        Optional<Integer> number = base.numbers().find(queue);
        if (number.isEmpty()) {
            return Deleted.NOT_FOUND;
        }
        if (!removal.discard(queue, number.get(), force, lastChange(queue))) {
            return Deleted.NOT_EMPTY;
        }
        base.numbers().retire(queue, number.get());
        base.link()
                .askAll(List.of(
                        Request.cmd(Command.ZREM).arg(base.keys().used()).arg(queue),
                        Request.cmd(Command.PUBLISH).arg(base.keys().channel()).arg("d" + queue)));
        base.forget(queue);
        return Deleted.DONE;
    }
}
