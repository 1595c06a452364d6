package dev.millrace.storage.redis;

import dev.millrace.task.BatchId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The keys of one queue; its name is their hash tag, so all are in one slot. The order is that of keys.lua. */
final class QueueKeys {
    private static final String[] FIXED = {
        "", // prefix of the keys below that carry a batch, line or state
        "n", // hash: counters, the last position, the last worker number
        "lines", // sorted set: lines with waiting tasks by the rank of their first
        "heads", // hash: line to its first waiting entry, or one before it
        "lease", // sorted set: leased tasks in packed groups, by when to look at their deadlines
        "due", // sorted set: scheduled tasks by time
        "ttl", // sorted set: tasks that expire by time
        "keep", // sorted set: ended tasks with their own retention by its end
        "uniq", // hash: hash of a unique key to its end, holder and the holder's name
        "names", // hash: client-given id to task and fingerprint
        "keys", // hash: dedupe key to task, fingerprint and name
        "gone", // sorted set: names and keys of ended tasks by the end
        "new", // stream: batches in the order they came
        "workers", // hash: @name to number, #number to name
        "cfg", // hash: configuration, paused, the number that its tasks' ids carry
        "grp", // hash: fingerprint to error group
        "grpseen", // sorted set: fingerprints by when last seen
        "streams", // set: lines that have a stream
        "waiting", // hash: line to how many tasks wait in it
        "routes", // sorted set: like lines, of the lines of destinations
        "fallen" // sorted set: fingerprints by how many dead tasks they have
    };

    private final String name;
    private final String base;
    private final byte[] baseBytes;
    private final List<byte[]> fixed = new ArrayList<>();

    QueueKeys(String prefix, String name) {
        this.name = name;
        this.base = prefix + ":{" + name + "}:";
        this.baseBytes = RedisKeys.bytes(base);
        for (String one : FIXED) {
            fixed.add(RedisKeys.bytes(base + one));
        }
    }

    String queue() {
        return name;
    }

    /** A key by its name in the list above, or {@code w:<line>}, {@code in:<state>}, {@code ik:<state>}. */
    byte[] named(String suffix) {
        return RedisKeys.bytes(base + suffix);
    }

    /** Hash, kept 48 h: what happened in the minute of this moment. */
    byte[] minute(long epochMilli) {
        return RedisKeys.bytes(base + "m:" + Math.floorDiv(epochMilli, 60_000L));
    }

    /** Hash: minute of two days to when that was, how many tasks lived, and how long the oldest had waited. */
    byte[] levels() {
        return named("levels");
    }

    /** String: the batch's specs. */
    byte[] blob(BatchId batch) {
        return of('b', batch);
    }

    /** String: the batch's records. */
    byte[] page(BatchId batch) {
        return of('r', batch);
    }

    /** Hash: what tasks of the batch have beside their records. */
    byte[] side(BatchId batch) {
        return of('x', batch);
    }

    /** What every script gets first. */
    List<byte[]> scriptKeys(Instant now) {
        List<byte[]> keys = new ArrayList<>(fixed.size() + 4);
        keys.addAll(fixed);
        keys.add(minute(now.toEpochMilli()));
        return keys;
    }

    private byte[] of(char kind, BatchId batch) {
        byte[] key = java.util.Arrays.copyOf(baseBytes, baseBytes.length + 18);
        key[baseBytes.length] = (byte) kind;
        key[baseBytes.length + 1] = ':';
        System.arraycopy(batch.bytes(), 0, key, baseBytes.length + 2, 16);
        return key;
    }
}
