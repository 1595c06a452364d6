package dev.millrace.storage.redis;

import dev.millrace.queue.Extension;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is done under a lease: ending it, moving its deadline, reporting. */
final class RedisSettling {
    private static final int MAX_EVENT_MESSAGE = 1024;
    private static final int WIDTH = 7;
    private static final byte[] NOTHING = {};

    private final RedisBase base;
    private final TaskReader reader;

    RedisSettling(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
    }

    List<Settled> settle(List<Settlement> settlements, Instant now) {
        return each(settlements, Settlement::token, (queue, places, refs) -> {
            Map<TaskRef, String> types = failing(queue, settlements, places, refs);
            Map<Group, List<Integer>> groups = new LinkedHashMap<>();
            Set<TaskRef> seen = new HashSet<>();
            for (int place : places) {
                boolean alone = !seen.add(refs.get(place));
                Group group = Group.of(settlements.get(place), refs.get(place), place, alone);
                groups.computeIfAbsent(group, g -> new ArrayList<>()).add(place);
            }
            QueueCall call = new QueueCall(base, queue, now).arg(groups.size());
            List<byte[]> carried = new ArrayList<>();
            List<Integer> order = new ArrayList<>(places.size());
            List<Integer> sizes = new ArrayList<>(groups.size());
            groups.forEach((group, members) -> {
                byte[] indexes = new byte[members.size()];
                for (int i = 0; i < indexes.length; i++) {
                    indexes[i] = (byte) refs.get(members.get(i)).index();
                }
                call.batch(base.queue(queue), group.batch)
                        .arg(group.batch.bytes())
                        .arg(group.head())
                        .arg(indexes);
                Verdict verdict = settlements.get(members.getFirst()).verdict();
                carry(carried, verdict, types.getOrDefault(refs.get(members.getFirst()), ""));
                order.addAll(members);
                sizes.add(members.size());
            });
            carried.forEach(call::arg);
            return new Sent(order, call.run(Scripts.SETTLE).thenApply(answers -> spread(answers, sizes)));
        });
    }

    /** Where all answers of a group are the same, the script gives one. */
    private static byte[] spread(Response answers, List<Integer> sizes) {
        ByteWriter out = new ByteWriter(WIDTH * 100);
        for (int g = 0; g < sizes.size(); g++) {
            byte[] told = answers.get(g).toBytes();
            for (int n = told.length == WIDTH ? sizes.get(g) : 1; n > 0; n--) {
                out.bytes(told, told.length);
            }
        }
        return out.toArray();
    }

    /**
     * Settlements that the script is told at once: what carries nothing, of one batch and generation; all others alone,
     * also what comes again for a task, since the first is the one that counts.
     *
     * @param place tells those apart that stand alone
     */
    private record Group(BatchId batch, int generation, int kind, int cause, long due, int place) {
        static Group of(Settlement settlement, TaskRef ref, int place, boolean alone) {
            int generation = settlement.token().generation();
            return switch (settlement.verdict()) {
                case Verdict.Succeed succeeded ->
                    succeeded.result() == null
                            ? new Group(ref.batch(), generation, 0, Cause.COMPLETED.code(), 0, alone ? place : -1)
                            : new Group(ref.batch(), generation, 1, Cause.COMPLETED.code(), 0, place);
                case Verdict.RetryAt failed ->
                    new Group(ref.batch(), generation, 2, failed.cause().code(), millis(failed.runAt()), place);
                case Verdict.Bury failed ->
                    new Group(ref.batch(), generation, 3, failed.cause().code(), 0, place);
                case Verdict.Release released ->
                    new Group(ref.batch(), generation, 4, Cause.RELEASED.code(), millis(released.runAt()), place);
            };
        }

        private static long millis(Instant at) {
            return at == null ? 0 : Math.max(0, at.toEpochMilli());
        }

        byte[] head() {
            ByteWriter out = new ByteWriter(16);
            out.u32(generation);
            out.u8(kind);
            out.u8(cause);
            out.u48(due);
            return out.toArray();
        }
    }

    private static void carry(List<byte[]> carried, Verdict verdict, String type) {
        switch (verdict) {
            case Verdict.Succeed succeeded -> {
                if (succeeded.result() != null) {
                    carried.add(BatchCodec.encode(succeeded.result()));
                }
            }
            case Verdict.RetryAt failed -> carried.addAll(failure(failed.error(), type));
            case Verdict.Bury failed -> carried.addAll(failure(failed.error(), type));
            case Verdict.Release released -> {
                String reason = released.reason() == null ? "" : released.reason();
                carried.add(RedisKeys.bytes(SideData.cut(reason, MAX_EVENT_MESSAGE)));
            }
        }
    }

    List<Settled> extend(List<Extension> extensions, Instant now) {
        return each(extensions, Extension::token, (queue, places, refs) -> {
            QueueCall call = new QueueCall(base, queue, now);
            Map<BatchId, ByteWriter> batches = new LinkedHashMap<>();
            List<Integer> order = byBatch(places, refs);
            for (int place : order) {
                Extension one = extensions.get(place);
                TaskRef ref = refs.get(place);
                ByteWriter items = batches.computeIfAbsent(ref.batch(), batch -> new ByteWriter(16));
                items.u8(ref.index());
                items.u32(one.token().generation());
                items.u48(one.until().toEpochMilli());
            }
            batches.forEach((batch, items) ->
                    call.batch(base.queue(queue), batch).arg(batch.bytes()).arg(items.toArray()));
            return new Sent(order, call.run(Scripts.EXTEND).thenApply(Response::toBytes));
        });
    }

    List<Settled> report(List<Report> reports, Instant now) {
        return each(reports, Report::token, (queue, places, refs) -> {
            QueueCall call = new QueueCall(base, queue, now);
            for (int place : places) {
                Report one = reports.get(place);
                TaskRef ref = refs.get(place);
                ByteWriter item = new ByteWriter(16);
                item.u8(ref.index());
                item.u32(one.token().generation());
                call.batch(base.queue(queue), ref.batch())
                        .arg(ref.batch().bytes())
                        .arg(item.toArray())
                        .arg(one.progress() == null ? NOTHING : SideData.progress(one.progress()))
                        .arg(SideData.lines(one.log()));
            }
            return new Sent(places, call.run(Scripts.REPORT).thenApply(Response::toBytes));
        });
    }

    /** A script's call for things of one queue. */
    private interface Calling {
        Sent send(String queue, List<Integer> places, List<TaskRef> refs);
    }

    private record Sent(List<Integer> order, CompletableFuture<byte[]> answer) {}

    /** Calls for at most {@link TaskStore#STEP} things of one queue at a time, all at once. */
    private <T> List<Settled> each(List<T> things, Function<T, LeaseToken> token, Calling calling) {
        ByQueue sorted = ByQueue.of(base, things, thing -> token.apply(thing).task());
        List<Settled> answers = new ArrayList<>(Collections.nCopies(things.size(), Settled.NO_TASK));
        List<Map.Entry<String, Sent>> calls = new ArrayList<>();
        sorted.queues().forEach((queue, places) -> {
            for (int from = 0; from < places.size(); from += TaskStore.STEP) {
                List<Integer> slice = places.subList(from, Math.min(places.size(), from + TaskStore.STEP));
                calls.add(Map.entry(queue, calling.send(queue, slice, sorted.refs())));
            }
        });
        for (Map.Entry<String, Sent> call : calls) {
            byte[] told = base.link().await(call.getValue().answer());
            read(call.getKey(), call.getValue().order(), sorted.refs(), told, answers);
        }
        return answers;
    }

    private void read(String queue, List<Integer> order, List<TaskRef> refs, byte[] told, List<Settled> answers) {
        ByteReader in = new ByteReader(told);
        List<Integer> named = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            in.position(i * WIDTH);
            Settled.Result result = Settled.Result.values()[in.u8()];
            TaskState state = TaskState.ofCode(in.u8());
            int generation = in.u32();
            int place = order.get(i);
            if (result == Settled.Result.UNKNOWN) {
                continue;
            }
            if (in.u8() == 1) {
                named.add(place);
            }
            answers.set(place, new Settled(result, refs.get(place).id(), state, generation));
        }
        if (!named.isEmpty()) {
            var blobs = reader.blobs(queue, named.stream().map(refs::get).toList());
            for (int place : named) {
                TaskRef ref = refs.get(place);
                TaskId name = blobs.get(ref.batch()) == null
                        ? null
                        : blobs.get(ref.batch()).tasks().get(ref.index()).name();
                Settled one = answers.get(place);
                if (name != null) {
                    answers.set(place, new Settled(one.result(), name, one.state(), one.generation()));
                }
            }
        }
    }

    /** The places, those of one batch together. */
    private static List<Integer> byBatch(List<Integer> places, List<TaskRef> refs) {
        Map<BatchId, List<Integer>> batches = new LinkedHashMap<>();
        places.forEach(place -> batches.computeIfAbsent(refs.get(place).batch(), b -> new ArrayList<>())
                .add(place));
        return batches.values().stream().flatMap(List::stream).toList();
    }

    /** The types of those tasks that failed: errors are grouped by them. */
    private Map<TaskRef, String> failing(
            String queue, List<Settlement> settlements, List<Integer> order, List<TaskRef> refs) {
        List<TaskRef> failed = order.stream()
                .filter(place -> settlements.get(place).verdict() instanceof Verdict.RetryAt
                        || settlements.get(place).verdict() instanceof Verdict.Bury)
                .map(refs::get)
                .toList();
        if (failed.isEmpty()) {
            return Map.of();
        }
        var blobs = reader.blobs(queue, failed);
        Map<TaskRef, String> types = new LinkedHashMap<>();
        for (TaskRef ref : failed) {
            var blob = blobs.get(ref.batch());
            if (blob != null && ref.index() < blob.tasks().size()) {
                types.put(ref, blob.spec(ref.index()).lane());
            }
        }
        return types;
    }

    private static List<byte[]> failure(TaskError error, String type) {
        return Arrays.asList(
                SideData.error(error),
                RedisKeys.bytes(ErrorShape.fingerprint(type, error)),
                RedisKeys.bytes(SideData.cut(error.message(), MAX_EVENT_MESSAGE)));
    }
}
