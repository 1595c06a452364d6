package dev.millrace.queue;

import dev.millrace.task.ErrorShape;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;

/**
 * What to list. {@code queue}, {@code state} and the times choose where to look; the rest is applied while walking.
 *
 * @param state null for all, newest first; else by entry into that state, newest first (scheduled: next due first)
 * @param type null for all, as are tag and the times
 * @param labels all of these must match
 * @param createdAfter inclusive
 * @param createdBefore exclusive
 * @param text stands in the payload, as it was sent, whatever the case of its ASCII letters; null for any
 * @param failure fingerprint of the present error ({@link ErrorShape}); null for any
 */
public record TaskFilter(
        String queue,
        TaskState state,
        String type,
        String tag,
        Map<String, String> labels,
        Instant createdAfter,
        Instant createdBefore,
        String text,
        String failure) {
    /** Tasks looked at for one page, at most. */
    public static final int WALK = 10_000;

    /** One that looks at neither payloads nor errors. */
    public TaskFilter(
            String queue,
            TaskState state,
            String type,
            String tag,
            Map<String, String> labels,
            Instant createdAfter,
            Instant createdBefore) {
        this(queue, state, type, tag, labels, createdAfter, createdBefore, null, null);
    }

    public static TaskFilter ofQueue(String queue, TaskState state) {
        return new TaskFilter(queue, state, null, null, Map.of(), null, null);
    }

    /** The same, in that queue. */
    public TaskFilter in(String queue) {
        return new TaskFilter(queue, state, type, tag, labels, createdAfter, createdBefore, text, failure);
    }

    /** The same, whatever the type. */
    public TaskFilter ofAnyType() {
        return new TaskFilter(queue, state, null, tag, labels, createdAfter, createdBefore, text, failure);
    }

    /** The same, with the tasks that failed in one way alone. */
    public TaskFilter failing(String fingerprint) {
        return new TaskFilter(queue, state, type, tag, labels, createdAfter, createdBefore, text, fingerprint);
    }

    /** The same, with the tasks whose payload has this text alone. */
    public TaskFilter containing(String text) {
        return new TaskFilter(queue, state, type, tag, labels, createdAfter, createdBefore, text, failure);
    }

    /** All but queue and state, which are the store's to see to. */
    public boolean matches(Task task) {
        return matchesMarks(task.spec()) && matchesContent(task);
    }

    /** Type, tag, labels and times, which need nothing of a task but what it was submitted with. */
    public boolean matchesMarks(TaskSpec spec) {
        return (type == null || type.equals(spec.type()))
                && (tag == null || spec.marks().tags().contains(tag))
                && spec.marks().labels().entrySet().containsAll(labels.entrySet())
                && createdWithin(spec.origin().createdAt());
    }

    /** Whether more than that is asked for. */
    public boolean looksAtContent() {
        return text != null || failure != null;
    }

    /** Whether queue and state alone choose, so that counters say how many there are. */
    public boolean isCounted() {
        return equals(ofQueue(queue, state));
    }

    /** Payload and error, of a task with its details. */
    public boolean matchesContent(Task task) {
        return (failure == null || fails(task))
                && (text == null || task.spec().payload().contains(text));
    }

    private boolean fails(Task task) {
        TaskError error = task.details().error();
        return error != null
                && failure.equals(ErrorShape.fingerprint(task.spec().lane(), error));
    }

    private boolean createdWithin(Instant createdAt) {
        return (createdAfter == null || !createdAt.isBefore(createdAfter))
                && (createdBefore == null || createdAt.isBefore(createdBefore));
    }
}
