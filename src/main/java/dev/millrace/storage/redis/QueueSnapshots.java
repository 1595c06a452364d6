package dev.millrace.storage.redis;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads queues as they stand: two round trips for any number of queues, whatever is in them. */
final class QueueSnapshots {
    private static final int READS = 5;
    private static final long DUE_COUNTED = 10_000;

    private final RedisBase base;

    QueueSnapshots(RedisBase base) {
        this.base = base;
    }

    List<QueueSnapshot> read(List<String> queues, Instant now) {
        if (queues.isEmpty()) {
            return List.of();
        }
        Request numbers = Request.cmd(Command.HMGET).arg(base.keys().queues());
        List<Request> requests = new ArrayList<>(List.of(numbers));
        for (String queue : queues) {
            numbers.arg(queue);
            addReads(requests, base.queue(queue), now);
        }
        List<Response> answers = base.link().askAll(requests);
        Map<String, Map<String, String>> heads = new HashMap<>();
        for (int i = 0; i < queues.size(); i++) {
            heads.put(queues.get(i), Hashes.strings(answers.get(READS * (i + 1))));
        }
        Map<String, Instant> oldest = oldest(heads);
        List<QueueSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            Response number = answers.getFirst().get(i);
            if (number != null) {
                List<Response> read = answers.subList(1 + READS * i, READS * (i + 1));
                String queue = queues.get(i);
                base.memory().learn(queue, Hashes.strings(read.get(1)));
                snapshots.add(snapshot(queue, number.toInteger(), read, oldest.get(queue)));
            }
        }
        return snapshots;
    }

    private static void addReads(List<Request> requests, QueueKeys keys, Instant now) {
        byte[] due = keys.named("due");
        requests.add(Request.cmd(Command.HGETALL).arg(keys.named("n")));
        requests.add(Request.cmd(Command.HGETALL).arg(keys.named("cfg")));
        requests.add(Request.cmd(Command.ZCOUNT).arg(due).arg("-inf").arg(now.toEpochMilli()));
        requests.add(Request.cmd(Command.ZRANGE).arg(due).arg(0).arg(0).arg("WITHSCORES"));
        requests.add(Request.cmd(Command.HGETALL).arg(keys.named("heads")));
    }

    private QueueSnapshot snapshot(String queue, int number, List<Response> read, Instant oldest) {
        Map<String, String> counts = Hashes.strings(read.get(0));
        Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            states.put(state, number(counts, "" + state.code()));
        }
        Instant nextDue = Hashes.scored(read.get(3)).values().stream()
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
                nextDue,
                number(counts, "w"),
                endedBytes(counts),
                number(counts, "full"),
                Instant.ofEpochMilli(number(counts, "used")),
                QueueConfigs.read(read.get(1)),
                base.usual());
    }

    /**
     * Those of succeeded tasks have no counter of their own: they are what is left. After nodes that do not know these
     * counters they may be wrong until they were counted again, but never below 0.
     */
    private static Map<TaskState, Long> endedBytes(Map<String, String> counts) {
        long dead = number(counts, "d");
        long cancelled = Math.max(0, number(counts, "c"));
        long expired = Math.max(0, number(counts, "x"));
        Map<TaskState, Long> bytes = new EnumMap<>(TaskState.class);
        bytes.put(TaskState.SUCCEEDED, Math.max(0, number(counts, "k") - dead - cancelled - expired));
        bytes.put(TaskState.DEAD, dead);
        bytes.put(TaskState.CANCELLED, cancelled);
        bytes.put(TaskState.EXPIRED, expired);
        return bytes;
    }

    private static long number(Map<String, String> counts, String field) {
        return Long.parseLong(counts.getOrDefault(field, "0"));
    }

    /**
     * When the first waiting task of each queue became ready. A head with a bracket is one that all waiting tasks of its
     * line come after: there the line is looked at.
     */
    private Map<String, Instant> oldest(Map<String, Map<String, String>> heads) {
        Map<String, Instant> oldest = new HashMap<>();
        List<String> asked = new ArrayList<>();
        List<Request> looks = new ArrayList<>();
        heads.forEach((queue, lines) -> lines.forEach((line, head) -> {
            if (head.charAt(0) == '(') {
                asked.add(queue);
                looks.add(firstAfter(base.queue(queue).named("w:" + line), head));
            } else {
                oldest.merge(queue, at(head), QueueSnapshots::earlier);
            }
        }));
        List<Response> found = base.link().askAll(looks);
        for (int i = 0; i < asked.size(); i++) {
            if (found.get(i).size() > 0) {
                String id = found.get(i).get(0).get(0).toString();
                oldest.merge(asked.get(i), at(id), QueueSnapshots::earlier);
            }
        }
        return oldest;
    }

    private static Request firstAfter(byte[] stream, String id) {
        return Request.cmd(Command.XRANGE)
                .arg(stream)
                .arg(id)
                .arg("+")
                .arg("COUNT")
                .arg(1);
    }

    private static Instant at(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
