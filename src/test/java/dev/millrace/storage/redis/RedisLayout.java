package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.BatchId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at the keys of queues: what must hold of them after every test. */
final class RedisLayout {
    private final RedisLink link;
    private final RedisKeys keys;
    private final String prefix;

    RedisLayout(RedisLink link, String prefix) {
        this.link = link;
        this.keys = new RedisKeys(prefix);
        this.prefix = prefix;
    }

    void check(Set<String> queues) {
        queues.forEach(this::check);
    }

    private void check(String queue) {
        QueueKeys queueKeys = keys.of(queue);
        Map<String, String> counts = Hashes.strings(link.ask(Command.HGETALL, queueKeys.named("n")));
        long ready = count(counts, TaskState.READY);
        long running = count(counts, TaskState.RUNNING);
        assertThat(Long.parseLong(counts.getOrDefault("in", "0")) - Long.parseLong(counts.getOrDefault("out", "0")))
                .as("cancelled and expired tasks of %s whose bytes are counted", queue)
                .isEqualTo(count(counts, TaskState.CANCELLED) + count(counts, TaskState.EXPIRED));
        long entries = 0;
        long pending = 0;
        long undelivered = 0;
        for (String line : members(queueKeys.named("streams"))) {
            byte[] stream = queueKeys.named("w:" + line);
            long length = link.ask(Command.XLEN, stream).toLong();
            long held = held(stream);
            entries += length;
            pending += held;
            undelivered += length - held;
            assertThat(link.ask(Command.ZSCORE, queueKeys.named(ranked(line)), line) != null)
                    .as("line %s of %s is listed when it has waiting tasks", line, queue)
                    .isEqualTo(length > held);
            checkHead(queueKeys, line, length - held);
        }
        assertThat(entries).as("entries of " + queue).isEqualTo(ready + running);
        assertThat(pending).as("pending entries of " + queue).isEqualTo(running);
        assertThat(undelivered).as("waiting entries of " + queue).isEqualTo(ready);
        assertThat(link.ask(Command.ZCARD, queueKeys.named("due")).toLong())
                .as("scheduled tasks of " + queue)
                .isEqualTo(count(counts, TaskState.SCHEDULED));
    }

    private static String ranked(String line) {
        return line.charAt(2) == TaskSpec.DESTINATION_MARK ? "routes" : "lines";
    }

    /** The head is the first waiting entry's id or, with a bracket, one that all waiting entries come after. */
    private void checkHead(QueueKeys queueKeys, String line, long waiting) {
        Response head = link.ask(Command.HGET, queueKeys.named("heads"), line);
        assertThat(head != null).as("head of " + line).isEqualTo(waiting > 0);
        Response counted = link.ask(Command.HGET, queueKeys.named("waiting"), line);
        assertThat(counted == null ? 0 : counted.toLong())
                .as("waiting in " + line)
                .isEqualTo(waiting);
        if (waiting > 0) {
            Response score = link.ask(Command.ZSCORE, queueKeys.named(ranked(line)), line);
            String id = head.toString().replace("(", "");
            assertThat(score.toDouble().longValue())
                    .isEqualTo(Long.parseLong(id.split("-")[0]) - 60_000L * (line.charAt(0) - '0'));
            Response first = link.ask(Command.XRANGE, queueKeys.named("w:" + line), head.toString(), "+", "COUNT", "1");
            assertThat(first.size()).as("entry behind the head of " + line).isEqualTo(1);
            if (!head.toString().startsWith("(")) {
                assertThat(first.get(0).get(0).toString()).isEqualTo(id);
            }
        }
    }

    private long held(byte[] stream) {
        try {
            Response pending = link.ask(Command.XPENDING, stream, "g");
            return pending.get(0).toLong();
        } catch (RuntimeException noGroupYet) {
            return 0;
        }
    }

    /** Every key of this store, by what follows the prefix. */
    Map<String, Long> allKeys() {
        Map<String, Long> found = new TreeMap<>();
        String cursor = "0";
        do {
            Response page = link.ask(Request.cmd(Command.SCAN)
                    .arg(cursor)
                    .arg("MATCH")
                    .arg(prefix + ":*")
                    .arg("COUNT")
                    .arg(1000));
            cursor = page.get(0).toString();
            page.get(1).forEach(key -> found.merge(key.toString(), 1L, Long::sum));
        } while (!cursor.equals("0"));
        return found;
    }

    /** Seconds; -1 when it stays. */
    long lifetime(String queue, String key) {
        return link.ask(Command.TTL, prefix + ":{" + queue + "}:" + key).toLong();
    }

    List<String> keysOf(String queue, String kind) {
        String start = prefix + ":{" + queue + "}:" + kind;
        return allKeys().keySet().stream().filter(key -> key.startsWith(start)).toList();
    }

    /** Bytes of all pages of a queue, found through its list of batches. */
    long pageBytes(String queue) {
        long bytes = 0;
        for (Response entry : link.ask(Command.XRANGE, keys.of(queue).named("new"), "-", "+")) {
            BatchId batch = BatchId.ofBytes(Arrays.copyOf(entry.get(1).get(1).toBytes(), 16));
            bytes += link.ask(Request.cmd(Command.STRLEN).arg(keys.of(queue).page(batch)))
                    .toLong();
        }
        return bytes;
    }

    private List<String> members(byte[] set) {
        List<String> members = new ArrayList<>();
        link.ask(Command.SMEMBERS, set).forEach(member -> members.add(member.toString()));
        return members;
    }

    private static long count(Map<String, String> counts, TaskState state) {
        return Long.parseLong(counts.getOrDefault("" + state.code(), "0"));
    }
}
