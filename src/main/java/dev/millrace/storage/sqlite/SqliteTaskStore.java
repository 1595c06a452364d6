package dev.millrace.storage.sqlite;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Page;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.BatchFailure;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.storage.sqlite.Leasing.Handed;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Tasks in a SQLite file: changes go to the one writer, looks to the readers. */
final class SqliteTaskStore implements TaskStore {
    private final Writer writer;
    private final Readers readers;
    private final DiskFloor floor;
    private final Retention usual;
    private final SpecCache specs = new SpecCache();
    private final ReadAhead readAhead;

    SqliteTaskStore(Writer writer, Readers readers, DiskFloor floor, Retention usual) {
        this.writer = writer;
        this.readers = readers;
        this.floor = floor;
        this.usual = usual;
        this.readAhead = new ReadAhead(readers, specs);
    }

    @Override
    public List<List<Submitted>> submit(List<Batch> batches, Instant now) {
        List<Sent> sent = batches.stream().map(batch -> send(batch, now)).toList();
        return sent.stream().map(this::answer).toList();
    }

    /** A batch on its way to the writer, and the bytes it takes. */
    private record Sent(Batch batch, int bytes, CompletableFuture<List<Submitted>> answers) {}

    private Sent send(Batch batch, Instant now) {
        try {
            writer.checkFile();
            floor.check();
            byte[] bytes = BatchCodec.encode(batch.tasks());
            return new Sent(batch, bytes.length, writer.submit(new Submitting(batch, bytes, now)));
        } catch (RuntimeException e) {
            return new Sent(batch, 0, CompletableFuture.completedFuture(batch.notSent(BatchFailure.of(e))));
        }
    }

    private List<Submitted> answer(Sent sent) {
        try {
            List<Submitted> answers = Writer.await(sent.answers);
            if (sent.bytes > 0) {
                specs.put(sent.batch.id(), new StoredBatch(sent.batch.tasks(), sent.bytes));
            }
            return answers;
        } catch (RuntimeException e) {
            return sent.batch.notAnswered(BatchFailure.of(e));
        }
    }

    @Override
    public List<Optional<Submitted>> repeats(String queue, List<NewTask> tasks) {
        return readers.call(sql -> Recognition.look(sql, queue, tasks));
    }

    @Override
    public List<Lease> lease(LeaseRequest request, Instant now) {
        Leasing.Hand hand = change(new Leasing(request, now));
        List<Handed> handed = hand.tasks();
        List<Task> tasks = remembered(handed, request.queue());
        boolean cold = tasks.contains(null);
        if (cold) {
            readRest(handed, tasks);
        }
        readAhead.after(cold, hand.following());
        List<Lease> leases = new ArrayList<>(handed.size());
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            if (task != null) {
                leases.add(
                        new Lease(handed.get(i).token(), task.status().times().leaseExpiresAt(), task));
            }
        }
        return leases;
    }

    /** With null for those that take a look at the file. Here, and not by a reader, what was submitted is taken apart. */
    private List<Task> remembered(List<Handed> handed, String queue) {
        List<Task> tasks = new ArrayList<>(handed.size());
        try {
            for (Handed one : handed) {
                tasks.add(Finding.leased(one, queue, specs));
            }
        } catch (RuntimeException e) {
            throw Writer.unexpected(e);
        }
        return tasks;
    }

    private void readRest(List<Handed> handed, List<Task> tasks) {
        readers.call(sql -> {
            Finding finding = new Finding(sql, specs);
            for (int i = 0; i < tasks.size(); i++) {
                if (tasks.get(i) == null) {
                    tasks.set(i, finding.leased(handed.get(i)));
                }
            }
            return tasks;
        });
    }

    @Override
    public List<Settled> settle(List<Settlement> settlements, Instant now) {
        return inSteps(settlements, step -> new Settling(step, now));
    }

    @Override
    public List<Settled> extend(List<Extension> extensions, Instant now) {
        return inSteps(extensions, step -> tx -> Extending.extend(tx, step));
    }

    @Override
    public List<Settled> report(List<Report> reports, Instant now) {
        return inSteps(reports, step -> tx -> Extending.report(tx, step, now));
    }

    @Override
    public List<Changed> change(List<Change> changes, Instant now) {
        return inSteps(changes, step -> new Changing(step, now));
    }

    @Override
    public Map<TaskId, Task> find(List<TaskId> ids, boolean whole) {
        return readers.call(sql -> {
            Finding finding = new Finding(sql, specs);
            Map<TaskId, Task> found = new LinkedHashMap<>();
            for (TaskId id : ids) {
                Task task = finding.find(id, whole);
                if (task != null) {
                    found.put(id, task);
                }
            }
            return found;
        });
    }

    @Override
    public Page list(TaskFilter filter, String cursor, int limit, Instant now) {
        return readers.call(new Listing(filter, cursor, limit, specs));
    }

    @Override
    public OptionalInt ahead(TaskId task, int limit) {
        return readers.call(sql -> new Finding(sql, specs).ahead(task, limit));
    }

    @Override
    public int tidy(String queue, int limit, Instant now) {
        return change(tx -> {
            LiveQueue live = tx.queues.of(queue);
            return live == null ? 0 : new Upkeep(tx, live, limit, now.toEpochMilli()).run();
        });
    }

    @Override
    public int prune(String queue, int limit, Instant now) {
        return change(new Pruning(queue, usual, limit, now));
    }

    private <T> T change(Writer.Unit<T> unit) {
        try {
            return writer.call(unit);
        } catch (MillraceException e) {
            throw SqliteErrors.notFull(e);
        }
    }

    private <T, R> List<R> inSteps(List<T> all, Function<List<T>, Writer.Unit<List<R>>> unit) {
        if (all.size() <= STEP) {
            return all.isEmpty() ? List.of() : change(unit.apply(all));
        }
        List<R> answers = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += STEP) {
            answers.addAll(change(unit.apply(all.subList(from, Math.min(all.size(), from + STEP)))));
        }
        return answers;
    }
}
