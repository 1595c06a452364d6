package dev.millrace.storage.sqlite;

import dev.millrace.queue.Submitted;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether tasks came before, by their names and keys. Writes nothing. */
final class Recognition {
    private final Names names;
    private final Batches batches;

    Recognition(Names names, Batches batches) {
        this.names = names;
        this.batches = batches;
    }

    /** Where batches are looked up. */
    @FunctionalInterface
    interface Batches {
        /** Null when there is none. */
        LiveBatch ofId(BatchId id) throws SQLException;
    }

    private static final String NUMBER = """
            SELECT number FROM queue WHERE name = ?""";

    /** See {@link dev.millrace.queue.TaskStore#repeats}. */
    static List<Optional<Submitted>> look(Statements sql, String queue, List<NewTask> tasks) throws SQLException {
        Recognition recognition =
                new Recognition(new Names(sql), id -> sql.first(LiveBatch.BY_ID, LiveBatch::read, id.bytes()));
        Integer number = sql.first(NUMBER, row -> row.getInt(1), queue);
        List<Optional<Submitted>> answers = new ArrayList<>(tasks.size());
        for (NewTask task : tasks) {
            answers.add(Optional.ofNullable(recognition.of(number, task)));
        }
        return answers;
    }

    /**
     * What its name, else its key, led to; null when neither came before.
     *
     * @param queue null when there is none: no key came before then
     */
    Submitted of(Integer queue, NewTask task) throws SQLException {
        Submitted byName = task.name() == null ? null : byName(task);
        return byName != null || queue == null || task.dedupeKey() == null ? byName : byKey(queue, task);
    }

    private Submitted byName(NewTask task) throws SQLException {
        if (isGone(task.name())) {
            return new Submitted.Repeated(task.name());
        }
        Names.Known known = names.byName(task.name());
        if (known == null) {
            return null;
        }
        return isSame(known, task) ? new Submitted.Repeated(task.name()) : new Submitted.NameTaken(task.name());
    }

    private Submitted byKey(int queue, NewTask task) throws SQLException {
        Names.Known known = names.byKey(queue, task.dedupeKey());
        if (known == null) {
            return null;
        }
        TaskId id = names.publicId(known);
        return isSame(known, task) ? new Submitted.Repeated(id) : new Submitted.KeyReused(id);
    }

    private static boolean isSame(Names.Known known, NewTask task) {
        return known.fingerprint() == task.spec().origin().fingerprint();
    }

    /** An id that was made here, of a task that was accepted and removed again. */
    private boolean isGone(TaskId name) throws SQLException {
        BatchId id = BatchId.of(name).orElse(null);
        LiveBatch batch = id == null ? null : batches.ofId(id);
        int index = batch == null ? 0 : BatchId.index(name);
        return batch != null && index < batch.records.length && batch.records[index].state == TaskRecord.GONE;
    }
}
