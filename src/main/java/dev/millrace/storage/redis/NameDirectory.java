package dev.millrace.storage.redis;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Which queue has which client-given id. The directory is asked and told before a queue's script runs; the queue's own
 * names, changed in that script, say which task it is.
 */
final class NameDirectory {
    private static final long PAUSE_NANOS = 5_000_000;

    private final RedisBase base;

    NameDirectory(RedisBase base) {
        this.base = base;
    }

    /**
     * Answers, as admit.lua gives them, for those tasks of a batch whose names another queue has.
     *
     * @param deadline by {@link System#nanoTime}: how long it waits for other queues to use the names that they have
     */
    Map<Integer, byte[]> decide(PackedBatch packed, Instant now, long deadline) {
        Map<Integer, byte[]> decided = gone(packed.special());
        List<Map.Entry<Integer, NewTask>> named = packed.special().entrySet().stream()
                .filter(e -> e.getValue().name() != null && !decided.containsKey(e.getKey()))
                .toList();
        if (named.isEmpty()) {
            return decided;
        }
        int own = packed.batch().id().queueNumber();
        RedisLink.Line line = base.link().line();
        var asked = named.stream()
                .map(e -> direct(line, e.getValue().name(), own, now, -1))
                .toList();
        for (int i = 0; i < named.size(); i++) {
            int owner = base.link().await(asked.get(i)).toInteger();
            if (owner != own) {
                NewTask task = named.get(i).getValue();
                Optional<byte[]> answer = elsewhere(task, owner, own, now, deadline);
                int index = named.get(i).getKey();
                answer.ifPresent(told -> decided.put(index, told));
            }
        }
        return decided;
    }

    /**
     * Lets go of names of tasks that were not accepted for another reason than the name. One that the queue knows is an
     * earlier task's, of which a full Redis says nothing: it stays.
     *
     * @return whether there were any
     */
    boolean giveUp(Batch batch, List<Submitted> answers, Instant now) {
        List<TaskId> unused = IntStream.range(0, answers.size())
                .filter(i -> !has(answers.get(i), batch.tasks().get(i).name()))
                .mapToObj(i -> batch.tasks().get(i).name())
                .toList();
        int queue = batch.id().queueNumber();
        List<TaskId> free = unknown(batch.queue(), unused);
        for (TaskId name : free) {
            undirect(name, queue, now.toEpochMilli());
            if (unknown(batch.queue(), List.of(name)).isEmpty()) {
                // It was added in between, and is to be found even when Redis is full.
                regain(name, queue, now.toEpochMilli());
            }
        }
        return !free.isEmpty();
    }

    private List<TaskId> unknown(String queue, List<TaskId> names) {
        List<Response> entries = base.link()
                .askAll(names.stream().map(name -> entry(queue, name)).toList());
        return IntStream.range(0, names.size())
                .filter(i -> entries.get(i) == null)
                .mapToObj(names::get)
                .toList();
    }

    /** Or may have it, or is about to be sent again. */
    private static boolean has(Submitted answer, TaskId name) {
        return name == null
                || switch (answer) {
                    case Submitted.Created created -> true;
                    case Submitted.NameTaken taken -> true;
                    case Submitted.NamePending pending -> true;
                    case Submitted.Repeated repeated -> repeated.id().equals(name);
                    case Submitted.Existing existing -> false;
                    case Submitted.KeyReused reused -> false;
                    case Submitted.UniqueTaken taken -> false;
                    case Submitted.QueueFull full -> false;
                    case Submitted.StoreFull full -> false;
                    case Submitted.Unsent unsent -> true;
                    case Submitted.Unknown unknown -> true;
                };
    }

    void undirect(TaskId name, int queue, long notAskedAfter) {
        change(Scripts.UNDIRECT, name, queue, notAskedAfter);
    }

    void regain(TaskId name, int queue, long asked) {
        change(Scripts.REGAIN, name, queue, asked);
    }

    private void change(LuaScript script, TaskId name, int queue, long at) {
        List<byte[]> args =
                List.of(RedisKeys.bytes(name.value()), RedisKeys.bytes("" + queue), RedisKeys.bytes("" + at));
        base.link().await(script.run(base.link().line(), List.of(base.keys().directory(name)), args));
    }

    /** The tasks that have these names. */
    Map<TaskId, Located> locate(List<TaskId> names) {
        List<Response> owners = base.link()
                .askAll(names.stream()
                        .map(name -> Request.cmd(Command.HGET)
                                .arg(base.keys().directory(name))
                                .arg(name.value()))
                        .toList());
        List<TaskId> known = new ArrayList<>();
        List<String> queues = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (owners.get(i) != null) {
                Optional<String> queue =
                        base.numbers().name(new ByteReader(owners.get(i).toBytes()).u32());
                if (queue.isPresent()) {
                    known.add(names.get(i));
                    queues.add(queue.get());
                }
            }
        }
        return locate(known, queues);
    }

    private Map<TaskId, Located> locate(List<TaskId> known, List<String> queues) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            requests.add(entry(queues.get(i), known.get(i)));
        }
        Map<TaskId, Located> located = new HashMap<>();
        List<Response> entries = base.link().askAll(requests);
        for (int i = 0; i < known.size(); i++) {
            if (entries.get(i) != null) {
                located.put(
                        known.get(i), Located.of(queues.get(i), entries.get(i).toBytes()));
            }
        }
        return located;
    }

    /** Where a named task is, or was. */
    record Located(String queue, TaskRef ref, long fingerprint) {
        static Located of(String queue, byte[] entry) {
            ByteReader in = new ByteReader(entry);
            in.position(TaskRef.LENGTH);
            return new Located(queue, TaskRef.ofBytes(entry, 0), in.u64());
        }
    }

    /** Another queue has the name, or is about to: then its submission is waited for. */
    private Optional<byte[]> elsewhere(NewTask task, int owner, int own, Instant now, long deadline) {
        int holder = owner;
        while (holder != own) {
            Optional<String> queue = base.numbers().name(holder);
            Response entry = queue.isEmpty() ? null : base.link().ask(entry(queue.get(), task.name()));
            if (entry != null) {
                return Optional.of(answer(task, entry.toBytes()));
            }
            int before = holder;
            holder = base.link()
                    .await(direct(base.link().line(), task.name(), own, now, before))
                    .toInteger();
            if (holder == before && !pause(deadline)) {
                return Optional.of(answer('P', new byte[TaskRef.LENGTH], task.name()));
            }
        }
        return Optional.empty();
    }

    private static boolean pause(long deadline) {
        boolean worthIt =
                System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted();
        if (worthIt) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return worthIt;
    }

    /** A task under whose id, made here, another is submitted. */
    private record Made(String queue, TaskRef ref) {}

    /**
     * Answers to submissions under ids that were made here, of tasks that were accepted before and removed since; a trace
     * of a batch is kept for a minute after it came. Two rounds for all.
     */
    Map<Integer, byte[]> gone(Map<Integer, NewTask> special) {
        Map<Integer, Made> lacking = lacking(made(special));
        List<Response> refused = base.link()
                .askAll(lacking.values().stream()
                        .map(made -> Request.cmd(Command.HEXISTS)
                                .arg(base.queue(made.queue()).side(made.ref().batch()))
                                .arg(made.ref().index() + "z"))
                        .toList());
        Map<Integer, byte[]> answers = new HashMap<>();
        Iterator<Response> told = refused.iterator();
        lacking.forEach((index, made) -> {
            if (told.next().toInteger() == 0) {
                answers.put(
                        index,
                        answer('R', made.ref().bytes(), special.get(index).name()));
            }
        });
        return answers;
    }

    private Map<Integer, Made> made(Map<Integer, NewTask> special) {
        Map<Integer, Optional<String>> queues = new HashMap<>();
        Map<Integer, Made> made = new LinkedHashMap<>();
        special.forEach((index, task) -> Optional.ofNullable(task.name())
                .flatMap(TaskRef::of)
                .ifPresent(ref -> queues.computeIfAbsent(ref.batch().queueNumber(), base.numbers()::name)
                        .ifPresent(queue -> made.put(index, new Made(queue, ref)))));
        return made;
    }

    /** Those of batches that came, in which they are not any more. */
    private Map<Integer, Made> lacking(Map<Integer, Made> made) {
        Map<BatchId, Request> asked = new LinkedHashMap<>();
        made.values()
                .forEach(one -> asked.computeIfAbsent(
                        one.ref().batch(),
                        batch -> Request.cmd(Command.GET)
                                .arg(base.queue(one.queue()).page(batch))));
        Iterator<Response> answers =
                base.link().askAll(List.copyOf(asked.values())).iterator();
        Map<BatchId, byte[]> pages = new HashMap<>();
        asked.keySet().forEach(batch -> {
            Response page = answers.next();
            if (page != null) {
                pages.put(batch, page.toBytes());
            }
        });
        Map<Integer, Made> lacking = new LinkedHashMap<>(made);
        lacking.values().removeIf(one -> {
            byte[] page = pages.get(one.ref().batch());
            return page == null || !RecordPage.lacks(page, one.ref().index());
        });
        return lacking;
    }

    private static byte[] answer(NewTask task, byte[] entry) {
        ByteReader in = new ByteReader(entry);
        in.position(TaskRef.LENGTH);
        boolean same = in.u64() == task.spec().origin().fingerprint();
        return answer(same ? 'R' : 'N', entry, task.name());
    }

    private static byte[] answer(char kind, byte[] ref, TaskId name) {
        byte[] text = RedisKeys.bytes(name.value());
        ByteWriter out = new ByteWriter(64);
        out.u8(kind);
        out.bytes(ref, TaskRef.LENGTH);
        out.bytes(text, text.length);
        return out.toArray();
    }

    private Request entry(String queue, TaskId name) {
        return Request.cmd(Command.HGET).arg(base.queue(queue).named("names")).arg(name.value());
    }

    private CompletableFuture<Response> direct(RedisLink.Line line, TaskId name, int queue, Instant now, int vacant) {
        List<byte[]> args = List.of(
                RedisKeys.bytes(name.value()),
                RedisKeys.bytes("" + queue),
                RedisKeys.bytes("" + now.toEpochMilli()),
                RedisKeys.bytes("" + vacant));
        return Scripts.DIRECT.run(line, List.of(base.keys().directory(name)), args);
    }
}
