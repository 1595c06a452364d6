package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues: their numbers and use in keys of the whole store, all else in each one's own. */
final class RedisQueueStore implements QueueStore {
    private static final int READS = 5;
    private static final long DUE_COUNTED = 10_000;

    private final RedisBase base;
    private final QueueRemoval removal;
    private final InstantSource clock;

    RedisQueueStore(RedisBase base, InstantSource clock) {
        this.base = base;
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
        if (queues.isEmpty()) {
            return List.of();
        }
        Request numbers = Request.cmd(Command.HMGET).arg(base.keys().queues());
        List<Request> requests = new ArrayList<>(List.of(numbers));
        for (String queue : queues) {
            numbers.arg(queue);
            QueueKeys keys = base.queue(queue);
            requests.add(Request.cmd(Command.HGETALL).arg(keys.named("n")));
            requests.add(Request.cmd(Command.HGETALL).arg(keys.named("cfg")));
            requests.add(Request.cmd(Command.ZCOUNT)
                    .arg(keys.named("due"))
                    .arg("-inf")
                    .arg(now.toEpochMilli()));
            requests.add(range(keys.named("due"), 0));
            requests.add(range(keys.named("lines"), -1));
        }
        List<Response> answers = base.link().askAll(requests);
        List<QueueSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            Response number = answers.getFirst().get(i);
            if (number != null) {
                int at = 1 + READS * i;
                snapshots.add(snapshot(queues.get(i), number.toInteger(), answers.subList(at, at + READS)));
            }
        }
        return snapshots;
    }

    private static Request range(byte[] key, int to) {
        return Request.cmd(Command.ZRANGE).arg(key).arg(0).arg(to).arg("WITHSCORES");
    }

    private static QueueSnapshot snapshot(String queue, int number, List<Response> read) {
        Map<String, String> counts = Hashes.strings(read.get(0));
        Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            states.put(state, Long.valueOf(counts.getOrDefault("" + state.code(), "0")));
        }
        Instant oldest = Hashes.scored(read.get(4)).entrySet().stream()
                .map(line -> readyAt(line.getKey().toString(), line.getValue().longValue()))
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant due = Hashes.scored(read.get(3)).values().stream()
                .map(score -> Instant.ofEpochMilli(score.longValue()))
                .findFirst()
                .orElse(null);
        return new QueueSnapshot(
                queue,
                number,
                "1".equals(Hashes.strings(read.get(1)).get("paused")),
                states,
                Math.min(DUE_COUNTED, read.get(2).toLong()),
                oldest,
                due,
                Long.parseLong(counts.getOrDefault("w", "0")),
                Long.parseLong(counts.getOrDefault("k", "0")),
                Instant.ofEpochMilli(Long.parseLong(counts.getOrDefault("used", "0"))),
                QueueConfigs.read(read.get(1)));
    }

    /** Lines are ranked by when their first task became ready, less a minute for each step of priority. */
    private static Instant readyAt(String line, long rank) {
        return Instant.ofEpochMilli(rank + 60_000L * (line.charAt(0) - '0'));
    }

    @Override
    public boolean configure(String queue, QueueConfig config) {
        if (base.numbers().find(queue).isEmpty()) {
            return false;
        }
        byte[] key = base.queue(queue).named("cfg");
        Map<String, String> fields = QueueConfigs.write(config);
        Request set = Request.cmd(Command.HSET).arg(key);
        fields.forEach((field, value) -> set.arg(field).arg(value));
        Request unset = Request.cmd(Command.HDEL).arg(key).arg("-");
        QueueConfigs.FIELDS.stream().filter(field -> !fields.containsKey(field)).forEach(unset::arg);
        base.link().askAll(List.of(set, unset));
        return true;
    }

    @Override
    public boolean pause(String queue, boolean paused) {
        if (base.numbers().find(queue).isEmpty()) {
            return false;
        }
        byte[] key = base.queue(queue).named("cfg");
        base.link().ask(Request.cmd(Command.HSET).arg(key).arg("paused").arg(paused ? "1" : "0"));
        if (!paused) {
            base.link()
                    .ask(Request.cmd(Command.PUBLISH).arg(base.keys().channel()).arg("r" + queue));
        }
        return true;
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
        base.link()
                .askAll(List.of(
                        Request.cmd(Command.HDEL)
                                .arg(base.keys().queues())
                                .arg(queue)
                                .arg("#" + number.get()),
                        Request.cmd(Command.ZREM).arg(base.keys().used()).arg(queue),
                        Request.cmd(Command.PUBLISH).arg(base.keys().channel()).arg("d" + queue)));
        base.numbers().forget(queue);
        return Deleted.DONE;
    }
}
