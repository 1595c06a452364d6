package dev.millrace.storage.redis;

import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import dev.millrace.task.Details;
import dev.millrace.task.NewTask;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Times;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts tasks together from their records, what they were submitted with, and what lies beside. */
final class TaskReader {
    /** Keys asked for in one command, so that none holds up Redis for long. */
    private static final int AT_ONCE = 128;

    /** The same of batches, which may have many MiB. */
    private static final int BATCHES_AT_ONCE = 8;

    private final RedisBase base;

    TaskReader(RedisBase base) {
        this.base = base;
    }

    /** The records of those of these tasks that exist. */
    Map<TaskRef, TaskRecord> records(String queue, Collection<TaskRef> refs) {
        Map<BatchId, RecordPage> pages =
                pages(queue, refs.stream().map(TaskRef::batch).distinct().toList());
        Map<TaskRef, TaskRecord> records = new LinkedHashMap<>();
        for (TaskRef ref : refs) {
            RecordPage page = pages.get(ref.batch());
            TaskRecord record = page == null ? null : page.record(ref.index());
            if (record != null) {
                records.put(ref, record);
            }
        }
        return records;
    }

    /** The records of these batches; of those that exist. */
    Map<BatchId, RecordPage> pages(String queue, List<BatchId> batches) {
        QueueKeys keys = base.queue(queue);
        List<byte[]> answers = values(batches.stream().map(keys::page).toList(), AT_ONCE);
        Map<BatchId, RecordPage> pages = new HashMap<>();
        for (int i = 0; i < batches.size(); i++) {
            RecordPage page = RecordPage.read(answers.get(i));
            if (page != null) {
                pages.put(batches.get(i), page);
            }
        }
        return pages;
    }

    Map<TaskRef, Task> read(String queue, Collection<TaskRef> refs, boolean whole) {
        return assemble(queue, records(queue, refs), whole);
    }

    /** The tasks of these records, in the same order. */
    Map<TaskRef, Task> assemble(String queue, Map<TaskRef, TaskRecord> records, boolean whole) {
        return assemble(queue, records, blobs(queue, records.keySet()), whole);
    }

    /** The same of batches that were read before. */
    Map<TaskRef, Task> assemble(
            String queue, Map<TaskRef, TaskRecord> records, Map<BatchId, StoredBatch> blobs, boolean whole) {
        Map<TaskRef, Map<Character, byte[]>> sides = sides(queue, records, whole);
        Set<Integer> numbers = new HashSet<>();
        records.values().forEach(record -> numbers.add(record.worker()));
        sides.values().forEach(side -> numbers.addAll(History.workers(side.get('h'))));
        Map<Integer, String> workers = base.workers().of(queue, numbers);
        Map<TaskRef, Task> tasks = new LinkedHashMap<>();
        records.forEach((ref, record) -> {
            StoredBatch blob = blobs.get(ref.batch());
            if (blob != null) {
                NewTask submitted = blob.tasks().get(ref.index());
                Map<Character, byte[]> side = sides.getOrDefault(ref, Map.of());
                TaskSpec spec = submitted.spec();
                Details details = details(spec, record, side, workers, whole);
                if (side.containsKey('o')) {
                    spec = spec.withPayload(BatchCodec.decodePayload(side.get('o')));
                }
                tasks.put(
                        ref,
                        new Task(
                                submitted.name() != null ? submitted.name() : ref.id(),
                                queue,
                                spec,
                                status(spec, record, workers),
                                details));
            }
        });
        return tasks;
    }

    /** What these batches were submitted as; those that are gone are left out. */
    Map<BatchId, StoredBatch> blobs(String queue, Collection<TaskRef> refs) {
        Map<BatchId, StoredBatch> found = known(refs);
        read(queue, missing(found), found);
        return found;
    }

    /**
     * The same, of as many of these tasks as their batches have bytes that are not known yet: of the first one at least,
     * and in their order. The batch of one that it did not come to is no key; one that is gone is null.
     */
    Map<BatchId, StoredBatch> blobs(String queue, List<TaskRef> refs, long bytes) {
        Map<BatchId, StoredBatch> found = known(refs);
        List<BatchId> missing = missing(found);
        List<Response> lengths = base.link()
                .askAll(missing.stream()
                        .map(id -> Request.cmd(Command.STRLEN)
                                .arg(base.queue(queue).blob(id)))
                        .toList());
        long sum = 0;
        int taken = 0;
        while (taken < missing.size() && (taken == 0 || sum < bytes)) {
            sum += lengths.get(taken++).toLong();
        }
        missing.subList(taken, missing.size()).forEach(found::remove);
        read(queue, missing.subList(0, taken), found);
        return found;
    }

    /** The batches of these tasks in their order, null where one must be read. */
    private Map<BatchId, StoredBatch> known(Collection<TaskRef> refs) {
        Map<BatchId, StoredBatch> known = new LinkedHashMap<>();
        for (TaskRef ref : refs) {
            if (!known.containsKey(ref.batch())) {
                known.put(ref.batch(), base.blobs().get(ref.batch()));
            }
        }
        return known;
    }

    private static List<BatchId> missing(Map<BatchId, StoredBatch> known) {
        return known.entrySet().stream()
                .filter(batch -> batch.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void read(String queue, List<BatchId> missing, Map<BatchId, StoredBatch> found) {
        QueueKeys keys = base.queue(queue);
        List<byte[]> answers = values(missing.stream().map(keys::blob).toList(), BATCHES_AT_ONCE);
        for (int i = 0; i < missing.size(); i++) {
            byte[] bytes = answers.get(i);
            if (bytes != null) {
                StoredBatch batch = BatchCodec.decode(bytes);
                base.blobs().put(missing.get(i), batch);
                found.put(missing.get(i), batch);
            }
        }
    }

    /** Of keys of one queue; null for one that is not there. */
    private List<byte[]> values(List<byte[]> keys, int atOnce) {
        List<Request> requests = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += atOnce) {
            Request request = Request.cmd(Command.MGET);
            keys.subList(from, Math.min(keys.size(), from + atOnce)).forEach(request::arg);
            requests.add(request);
        }
        List<byte[]> values = new ArrayList<>(keys.size());
        base.link().askAll(requests).forEach(answer -> answer.forEach(value -> values.add(bytes(value))));
        return values;
    }

    private Map<TaskRef, Map<Character, byte[]>> sides(String queue, Map<TaskRef, TaskRecord> records, boolean whole) {
        List<Map.Entry<TaskRef, String>> asked = new ArrayList<>();
        List<Request> requests = new ArrayList<>();
        records.forEach((ref, record) -> {
            String kinds = kinds(record, whole);
            if (!kinds.isEmpty()) {
                Request request =
                        Request.cmd(Command.HMGET).arg(base.queue(queue).side(ref.batch()));
                kinds.chars().forEach(kind -> request.arg(ref.index() + String.valueOf((char) kind)));
                requests.add(request);
                asked.add(Map.entry(ref, kinds));
            }
        });
        List<Response> answers = base.link().askAll(requests);
        Map<TaskRef, Map<Character, byte[]>> sides = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Map<Character, byte[]> side = new HashMap<>();
            String kinds = asked.get(i).getValue();
            for (int k = 0; k < kinds.length(); k++) {
                byte[] bytes = bytes(answers.get(i).get(k));
                if (bytes != null) {
                    side.put(kinds.charAt(k), bytes);
                }
            }
            sides.put(asked.get(i).getKey(), side);
        }
        return sides;
    }

    private static String kinds(TaskRecord record, boolean whole) {
        StringBuilder kinds = new StringBuilder();
        add(kinds, record, Flags.RESULT, 'r');
        add(kinds, record, Flags.ERROR, 'e');
        add(kinds, record, Flags.PROGRESS, 'p');
        add(kinds, record, Flags.OVERRIDE, 'o');
        if (whole) {
            add(kinds, record, Flags.HISTORY, 'h');
            add(kinds, record, Flags.LOG, 'l');
        }
        return kinds.toString();
    }

    private static void add(StringBuilder kinds, TaskRecord record, int flag, char kind) {
        if (record.has(flag)) {
            kinds.append(kind);
        }
    }

    private static Details details(
            TaskSpec spec,
            TaskRecord record,
            Map<Character, byte[]> side,
            Map<Integer, String> workers,
            boolean whole) {
        if (side.isEmpty() && !whole) {
            return Details.NONE;
        }
        return new Details(
                side.containsKey('p') ? SideData.progress(side.get('p')) : null,
                side.containsKey('r') ? BatchCodec.decodePayload(side.get('r')) : null,
                side.containsKey('e') ? SideData.error(side.get('e')) : null,
                whole ? History.of(spec, record, side.get('h'), workers) : List.of(),
                side.containsKey('l') ? SideData.log(side.get('l')) : List.of());
    }

    /** When it was to run, of a task that came so late that this had passed. */
    private static Instant wanted(TaskSpec spec, Instant readyAt) {
        Instant created = spec.origin().createdAt();
        Instant wanted = spec.timing().runAt();
        boolean passed = wanted != null && readyAt != null && !wanted.isAfter(readyAt);
        return passed && wanted.isAfter(created) ? wanted : created;
    }

    static Status status(TaskSpec spec, TaskRecord record, Map<Integer, String> workers) {
        boolean running = record.state() == dev.millrace.task.TaskState.RUNNING;
        Times times = new Times(
                at(record.at()),
                record.due() == 0 ? wanted(spec, at(record.at())) : at(record.due()),
                at(record.started()),
                record.state().terminal() ? at(record.until()) : null,
                running ? at(record.until()) : null);
        return new Status(
                record.state(),
                record.generation(),
                record.attempts(),
                record.crashes(),
                record.revision(),
                times,
                record.worker() == 0 ? null : workers.get(record.worker()));
    }

    static byte[] bytes(Response response) {
        return response == null ? null : response.toBytes();
    }

    private static Instant at(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
