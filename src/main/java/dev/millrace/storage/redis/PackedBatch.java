package dev.millrace.storage.redis;

import dev.millrace.queue.Batch;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch is sent as.
 *
 * @param special its tasks with anything to look at, by their index
 */
record PackedBatch(Batch batch, byte[] blob, Rows rows, Map<Integer, NewTask> special) {
    private static final int MAX_SIZE = (1 << 24) - 1;
    private static final int DECIDED = 9;

    /** The parts of a page, and the size of all. */
    record Rows(byte[] lines, byte[] infos, byte[] runs, long size) {}

    static PackedBatch of(Batch batch, Instant now) {
        Map<Integer, NewTask> special = new LinkedHashMap<>();
        for (int i = 0; i < batch.tasks().size(); i++) {
            if (isSpecial(batch.tasks().get(i), now)) {
                special.put(i, batch.tasks().get(i));
            }
        }
        return new PackedBatch(batch, BatchCodec.encode(batch.tasks()), rows(batch.tasks()), special);
    }

    boolean isPlain() {
        return special.isEmpty();
    }

    boolean hasNames() {
        return special.values().stream().anyMatch(task -> task.name() != null);
    }

    private static Rows rows(List<NewTask> tasks) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        int[] line = new int[tasks.size()];
        int[] sizes = new int[line.length];
        int[] flags = new int[line.length];
        long total = 0;
        for (int i = 0; i < line.length; i++) {
            TaskSpec spec = tasks.get(i).spec();
            line[i] = lines.computeIfAbsent(spec.priority() + ":" + spec.lane(), name -> lines.size());
            sizes[i] = size(spec);
            flags[i] = flags(tasks.get(i));
            total += sizes[i];
        }
        ByteWriter text = new ByteWriter(64);
        lines.keySet().forEach(name -> {
            byte[] bytes = RedisKeys.bytes(name);
            text.u8(bytes.length);
            text.bytes(bytes, bytes.length);
        });
        return new Rows(text.toArray(), RecordPage.infos(line, sizes), RecordPage.fresh(flags), total);
    }

    private static int size(TaskSpec spec) {
        return Math.min(spec.size(), MAX_SIZE);
    }

    private static boolean isSpecial(NewTask task, Instant now) {
        TaskSpec spec = task.spec();
        return task.name() != null
                || task.dedupeKey() != null
                || spec.unique() != null
                || spec.timing().expiresAt() != null
                || spec.timing().retention() != null
                || (spec.timing().runAt() != null && spec.timing().runAt().isAfter(now));
    }

    private static int flags(NewTask task) {
        TaskSpec spec = task.spec();
        int flags = spec.origin().awaited() ? Flags.AWAITED : 0;
        flags |= task.name() != null || task.dedupeKey() != null ? Flags.NAMED : 0;
        flags |= spec.timing().retention() != null ? Flags.OWN_KEEP : 0;
        flags |= spec.unique() != null ? Flags.UNIQUE : 0;
        return flags | (spec.timing().expiresAt() != null ? Flags.EXPIRES : 0);
    }

    /** For submit.lua. */
    QueueCall plain(RedisBase base, Instant now) {
        return new QueueCall(base, batch.queue(), now)
                .batch(base.queue(batch.queue()), batch.id())
                .arg(batch.id().bytes())
                .arg(blob)
                .arg(batch.tasks().size())
                .arg(rows.lines)
                .arg(rows.infos)
                .arg(rows.runs)
                .arg(rows.size)
                .arg(firstCreated(batch));
    }

    private static byte[] firstCreated(Batch batch) {
        ByteWriter out = new ByteWriter(8);
        out.u48(batch.tasks().stream()
                .mapToLong(task -> millis(task.spec().origin().createdAt()))
                .min()
                .orElse(0));
        return out.toArray();
    }

    /**
     * For admit.lua.
     *
     * @param decided what is the answer already, by index
     */
    QueueCall admit(RedisBase base, Map<Integer, byte[]> decided, Instant now) {
        QueueCall call = plain(base, now);
        special.forEach((index, task) -> addSpecial(call, index, task, decided.get(index)));
        return call;
    }

    private static void addSpecial(QueueCall call, int index, NewTask task, byte[] decided) {
        TaskSpec spec = task.spec();
        ByteWriter out = new ByteWriter(32);
        out.u8(index);
        out.u48(millis(spec.timing().runAt()));
        out.u48(millis(spec.timing().expiresAt()));
        out.u48(
                spec.timing().retention() == null
                        ? 0
                        : spec.timing().retention().toMillis());
        boolean unique = spec.unique() != null;
        out.u48(unique && spec.unique().ttl() != null ? spec.unique().ttl().toMillis() : 0);
        int mode = unique ? spec.unique().mode().ordinal() + 1 : 0;
        out.u8(decided != null ? DECIDED : mode);
        ByteWriter print = new ByteWriter(16);
        print.u64(spec.origin().fingerprint());
        call.arg(out.toArray())
                .arg(unique ? digest(spec.unique().key()) : new byte[0])
                .arg(
                        decided != null
                                ? decided
                                : RedisKeys.bytes(
                                        task.name() == null ? "" : task.name().value()))
                .arg(RedisKeys.bytes(task.dedupeKey() == null ? "" : task.dedupeKey()))
                .arg(print.toArray());
    }

    private static byte[] digest(String key) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(RedisKeys.bytes(key));
            return Arrays.copyOf(whole, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long millis(Instant at) {
        return at == null ? 0 : Math.max(0, at.toEpochMilli());
    }
}
