package dev.millrace.queue;

import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The store gave no answer to a submission: its tasks may be there. Sent again under these ids they are not added twice. */
final class UnknownOutcome extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MillraceException reason;
    private final transient List<TaskId> ids;

    /**
     * @param ids one per task, in order
     */
    UnknownOutcome(MillraceException reason, List<TaskId> ids) {
        super(reason.getMessage(), reason);
        this.reason = reason;
        this.ids = ids;
    }

    /** What the submitter of one of the tasks is told. */
    MillraceException of(int index) {
        return new MillraceException(
                reason.code(), reason.getMessage(), Map.of("id", ids.get(index).value()), reason);
    }

    /** The same, told for all of {@code tasks}, of which only {@code sent} went to the store; the others have names. */
    UnknownOutcome among(List<NewTask> tasks, List<NewTask> sent) {
        Iterator<TaskId> told = ids.iterator();
        Iterator<NewTask> went = sent.iterator();
        NewTask next = went.next();
        List<TaskId> all = new ArrayList<>(tasks.size());
        for (NewTask task : tasks) {
            boolean sentNow = task == next;
            all.add(sentNow ? told.next() : task.name());
            next = sentNow && went.hasNext() ? went.next() : next;
        }
        return new UnknownOutcome(reason, all);
    }

    MillraceException reason() {
        return reason;
    }
}
