package dev.millrace.storage.sqlite;

import dev.millrace.queue.Extension;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.storage.sqlite.Transaction.Held;
import dev.millrace.task.TaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a lease's holder may do while it stands: move its deadline, say how far it is. */
final class Extending {
    private Extending() {}

    static List<Settled> extend(Transaction tx, List<Extension> extensions) throws SQLException {
        List<Settled> answers = new ArrayList<>(extensions.size());
        for (Extension extension : extensions) {
            Held task = tx.find(extension.token().task());
            Settled.Result result = fence(task, extension.token().generation());
            if (result == Settled.Result.DONE
                    && task.record().deadline != extension.until().toEpochMilli()) {
                extend(tx, task, extension.until().toEpochMilli());
            }
            answers.add(task == null ? Settled.NO_TASK : Settling.answer(tx, task, result));
        }
        return answers;
    }

    private static void extend(Transaction tx, Held task, long until) throws SQLException {
        TaskRecord r = task.record();
        tx.batches.touch(task.batch());
        tx.cohorts.leave(task.batch(), r);
        r.deadline = until;
        r.revision++;
        tx.stand(task, TaskState.READY.code());
    }

    static List<Settled> report(Transaction tx, List<Report> reports, Instant now) throws SQLException {
        List<Settled> answers = new ArrayList<>(reports.size());
        for (Report report : reports) {
            Held task = tx.find(report.token().task());
            Settled.Result result = fence(task, report.token().generation());
            if (result == Settled.Result.DONE) {
                keep(tx, task, report, now.toEpochMilli());
            }
            answers.add(task == null ? Settled.NO_TASK : Settling.answer(tx, task, result));
        }
        return answers;
    }

    private static void keep(Transaction tx, Held task, Report report, long now) throws SQLException {
        tx.batches.touch(task.batch());
        task.record().revision++;
        if (report.progress() != null) {
            byte[] progress = Extras.encode(report.progress());
            tx.extras.put(task.batch(), task.index(), Extras.Kind.PROGRESS, progress);
        }
        if (!report.log().isEmpty()) {
            tx.history.log(task.batch(), task.index(), report.log(), now);
        }
    }

    private static Settled.Result fence(Held task, int generation) {
        if (task == null) {
            return Settled.Result.UNKNOWN;
        }
        TaskRecord r = task.record();
        boolean holds = r.generation == generation && r.is(TaskState.RUNNING);
        return holds ? Settled.Result.DONE : Settled.Result.LOST;
    }
}
