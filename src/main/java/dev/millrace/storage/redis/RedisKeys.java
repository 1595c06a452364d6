package dev.millrace.storage.redis;

import dev.millrace.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The keys that are no queue's own, each in a slot of its own. */
final class RedisKeys {
    private static final int DIRECTORIES = 256;

    /** Hash tags, each in another sixteenth of the slots. */
    private static final int[] SPREAD = {10, 3, 61, 43, 11, 2, 60, 42, 12, 1, 63, 41, 13, 0, 62, 40};

    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hash: format, oldest format that can read it, id and secret of this store. */
    byte[] meta() {
        return bytes(prefix + ":meta");
    }

    /** Hash: queue name to number, {@code #number} to name, {@code .last} the last number given. */
    byte[] queues() {
        return bytes(prefix + ":queues");
    }

    /**
     * Sorted sets: node to its last mark, in milliseconds. One for a single server, which loses all or nothing; in a
     * cluster sixteen, spread evenly over the slots, as each shard may lose its part.
     */
    List<byte[]> marks(boolean cluster) {
        return cluster
                ? IntStream.of(SPREAD)
                        .mapToObj(tag -> bytes(prefix + ":marks:{" + tag + "}"))
                        .toList()
                : List.of(bytes(prefix + ":marks"));
    }

    /** Sorted set: queue name by its last submission, in milliseconds. */
    byte[] used() {
        return bytes(prefix + ":used");
    }

    /** Hash: node id to what is known of the node; behind a mark and its id what it was told. */
    byte[] nodes() {
        return bytes(prefix + ":nodes");
    }

    /** Hash: destination to its version and bytes, {@code .revision} the last version given. */
    byte[] destinations() {
        return bytes(prefix + ":destinations");
    }

    /** Hash: how all queues together stood, as in a queue's {@code levels}. */
    byte[] levels() {
        return bytes(prefix + ":levels");
    }

    /** Hash: node id to what it told of this destination; goes by itself a minute after the last one did. */
    byte[] accounts(String destination) {
        return bytes(prefix + ":accounts:{" + destination + "}");
    }

    /** List: the last lines of a node's log; goes by itself an hour after the last one. */
    byte[] log(String node) {
        return bytes(prefix + ":log:{" + node + "}");
    }

    /** Hash, one of 256: client-given task id to the number of the queue that has it (4 bytes), when asked for (6). */
    byte[] directory(TaskId name) {
        CRC32 crc = new CRC32();
        crc.update(bytes(name.value()));
        return bytes(prefix + ":ids:{" + String.format("%02x", crc.getValue() % DIRECTORIES) + "}");
    }

    /** Channel of the wake-ups. */
    String channel() {
        return prefix + ":wake";
    }

    QueueKeys of(String queue) {
        return new QueueKeys(prefix, queue);
    }
}
