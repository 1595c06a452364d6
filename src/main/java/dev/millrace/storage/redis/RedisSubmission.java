package dev.millrace.storage.redis;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Submits batches: plain ones by submit.lua, those with anything to look at by admit.lua. */
final class RedisSubmission {
    private static final int MAX_SIZE = (1 << 24) - 1;
    private static final int DECIDED = 9;
    private static final long TOUCH_MILLIS = 20_000;

    private final RedisBase base;
    private final NameDirectory directory;
    private final Map<String, Long> touched = new ConcurrentHashMap<>();

    RedisSubmission(RedisBase base) {
        this.base = base;
        this.directory = new NameDirectory(base);
    }

    List<List<Submitted>> submit(List<Batch> batches, Instant now) {
        if (batches.isEmpty()) {
            return List.of();
        }
        touch(batches.getFirst().queue(), now);
        RedisLink.Line line = base.link().line();
        List<Packed> packed = batches.stream().map(batch -> pack(batch, now)).toList();
        List<Map<Integer, byte[]>> decided =
                packed.stream().map(p -> directory.decide(p, now)).toList();
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int i = 0; i < packed.size(); i++) {
            Packed one = packed.get(i);
            sent.add(
                    one.special.isEmpty()
                            ? plain(one, now).run(Scripts.SUBMIT, line)
                            : admit(one, decided.get(i), now, line));
        }
        List<Response> answers = new ArrayList<>();
        for (int i = 0; i < packed.size(); i++) {
            Packed one = packed.get(i);
            Response answer = base.link().await(sent.get(i));
            boolean look = one.special.isEmpty() && answer.toInteger() == 0;
            answers.add(look ? base.link().await(admit(one, Map.of(), now, line)) : answer);
        }
        return tell(packed, answers, now);
    }

    private List<List<Submitted>> tell(List<Packed> packed, List<Response> answers, Instant now) {
        List<List<Submitted>> told = new ArrayList<>();
        for (int i = 0; i < packed.size(); i++) {
            Batch batch = packed.get(i).batch;
            told.add(answers(batch, answers.get(i)));
            directory.giveUp(batch, told.get(i), now);
        }
        if (answers.stream().anyMatch(RedisSubmission::outOfDate)) {
            throw goneAway(packed.getFirst().batch.queue());
        }
        return told;
    }

    private static boolean outOfDate(Response answer) {
        return answer.type() == ResponseType.NUMBER && answer.toInteger() < 0;
    }

    private MillraceException goneAway(String queue) {
        base.numbers().forget(queue);
        return new MillraceException(
                ErrorCode.QUEUE_NOT_FOUND, "Queue " + queue + " was deleted since these tasks got their ids.");
    }

    /** What a batch is sent as. */
    record Packed(Batch batch, byte[] blob, Rows rows, Map<Integer, NewTask> special) {}

    /** The parts of a page, and the size of all. */
    record Rows(byte[] lines, byte[] infos, byte[] runs, long size) {}

    private Packed pack(Batch batch, Instant now) {
        Map<Integer, NewTask> special = new LinkedHashMap<>();
        for (int i = 0; i < batch.tasks().size(); i++) {
            if (isSpecial(batch.tasks().get(i), now)) {
                special.put(i, batch.tasks().get(i));
            }
        }
        return new Packed(batch, BatchCodec.encode(batch.tasks()), rows(batch.tasks()), special);
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

    static int size(TaskSpec spec) {
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

    private QueueCall plain(Packed one, Instant now) {
        Batch batch = one.batch;
        return new QueueCall(base, batch.queue(), now)
                .batch(base.queue(batch.queue()), batch.id())
                .arg(batch.id().bytes())
                .arg(one.blob)
                .arg(batch.tasks().size())
                .arg(one.rows.lines)
                .arg(one.rows.infos)
                .arg(one.rows.runs)
                .arg(one.rows.size)
                .arg(firstCreated(batch));
    }

    private static byte[] firstCreated(Batch batch) {
        ByteWriter out = new ByteWriter(8);
        u48(
                out,
                batch.tasks().stream()
                        .mapToLong(task -> millis(task.spec().origin().createdAt()))
                        .min()
                        .orElse(0));
        return out.toArray();
    }

    private CompletableFuture<Response> admit(
            Packed one, Map<Integer, byte[]> decided, Instant now, RedisLink.Line line) {
        QueueCall call = plain(one, now);
        one.special.forEach((index, task) -> addSpecial(call, index, task, decided.get(index)));
        return call.run(Scripts.ADMIT, line);
    }

    private static void addSpecial(QueueCall call, int index, NewTask task, byte[] decided) {
        TaskSpec spec = task.spec();
        ByteWriter out = new ByteWriter(32);
        out.u8(index);
        u48(out, millis(spec.timing().runAt()));
        u48(out, millis(spec.timing().expiresAt()));
        u48(
                out,
                spec.timing().retention() == null
                        ? 0
                        : spec.timing().retention().toMillis());
        boolean unique = spec.unique() != null;
        u48(out, unique && spec.unique().ttl() != null ? spec.unique().ttl().toMillis() : 0);
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

    private static List<Submitted> answers(Batch batch, Response response) {
        List<Submitted> answers = new ArrayList<>();
        boolean all = response.type() != ResponseType.MULTI;
        boolean none = outOfDate(response);
        for (int i = 0; i < batch.tasks().size(); i++) {
            NewTask task = batch.tasks().get(i);
            TaskId id = task.name() != null ? task.name() : batch.id().at(i);
            answers.add(
                    none
                            ? new Submitted.QueueFull("The queue was deleted.")
                            : all
                                    ? new Submitted.Created(id)
                                    : answer(id, response.get(i).toBytes()));
        }
        return answers;
    }

    private static Submitted answer(TaskId own, byte[] told) {
        return switch (told[0]) {
            case 'R' -> new Submitted.Repeated(other(told));
            case 'N' -> new Submitted.NameTaken(other(told));
            case 'K' -> new Submitted.KeyReused(other(told));
            case 'U' -> new Submitted.UniqueTaken(other(told));
            case 'E' -> new Submitted.Existing(other(told));
            case 'F' -> new Submitted.QueueFull("The queue is at its maxDepth.");
            case 'B' -> new Submitted.QueueFull("The queue's tasks have as many bytes as its maxBytes allows.");
            case 'L' -> new Submitted.QueueFull("The queue has waiting tasks of as many types as it may have.");
            default -> new Submitted.Created(own);
        };
    }

    /** The public id of the task that an answer names. */
    private static TaskId other(byte[] told) {
        int name = 1 + TaskRef.LENGTH;
        return told.length > name
                ? new TaskId(SideData.text(Arrays.copyOfRange(told, name, told.length)))
                : TaskRef.ofBytes(told, 1).id();
    }

    /** Keeps the order of use, about to the minute. */
    private void touch(String queue, Instant now) {
        Long last = touched.get(queue);
        if (last == null || Math.abs(now.toEpochMilli() - last) >= TOUCH_MILLIS) {
            touched.put(queue, now.toEpochMilli());
            base.link()
                    .send(Request.cmd(Command.ZADD)
                            .arg(base.keys().used())
                            .arg(now.toEpochMilli())
                            .arg(queue))
                    .exceptionally(error -> null);
        }
    }

    static byte[] digest(String key) {
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

    static void u48(ByteWriter out, long value) {
        out.u16((int) (value >>> 32));
        out.u32((int) value);
    }
}
