package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The door for tasks that are there: to see them, to change them from outside their leases, to wait for their end. */
@ApplicationScoped
public class Tasks {
    private static final int PAGE = 500;

    private final TaskStore store;
    private final MergedList merged;
    private final Ends ends;
    private final InstantSource clock;
    private final PayloadConfig payloads;

    Tasks(TaskStore store, MergedList merged, Ends ends, InstantSource clock, PayloadConfig payloads) {
        this.store = store;
        this.merged = merged;
        this.ends = ends;
        this.clock = clock;
        this.payloads = payloads;
    }

    /**
     * @param whole with history and log
     */
    public Optional<Task> find(TaskId id, boolean whole) {
        return Optional.ofNullable(store.find(List.of(id), whole).get(id));
    }

    /**
     * One page. Without a queue in the filter the {@link MergedList#QUEUES} most recently used are merged.
     *
     * @param cursor of the page before, or null; {@code INVALID_REQUEST} when it is none of this list's
     * @param limit 1 to 500
     */
    public TaskPage list(TaskFilter filter, String cursor, int limit) {
        if (filter.queue() == null) {
            return merged.list(filter, cursor, limit);
        }
        Page page = store.list(filter, cursor, limit, clock.instant());
        return new TaskPage(page.tasks(), page.next(), page.scannedTo());
    }

    /**
     * One page of several queues merged, for who knows already which ones have such tasks.
     *
     * @param filter without a queue
     * @param queues the first {@link MergedList#QUEUES} count
     * @param cursor and limit as of the other list, which takes up where this one ended
     */
    public TaskPage list(TaskFilter filter, List<String> queues, String cursor, int limit) {
        return merged.list(filter, queues, cursor, limit);
    }

    /**
     * @return the task after it; null after a delete
     * @throws MillraceException {@code TASK_NOT_FOUND}, {@code ILLEGAL_TRANSITION}, {@code PRECONDITION_FAILED}, {@code
     *     DUPLICATE_TASK} when a retry finds its unique key taken
     */
    public Task change(Change change) {
        Changed changed = store.change(List.of(change), clock.instant()).getFirst();
        switch (changed.result()) {
            case DONE -> {
                return change instanceof Change.Delete ? null : existing(change.id());
            }
            case NOT_FOUND -> throw notFound(change.id());
            case STALE ->
                throw new MillraceException(
                        ErrorCode.PRECONDITION_FAILED,
                        "Task " + change.id() + " changed since. Get it again and decide anew.");
            case UNIQUE_TAKEN ->
                throw new MillraceException(
                        ErrorCode.DUPLICATE_TASK,
                        "Another task holds the unique key of task " + change.id() + ".",
                        Map.of("id", change.id().value()));
            case ILLEGAL ->
                throw new MillraceException(
                        ErrorCode.ILLEGAL_TRANSITION,
                        "Task " + change.id() + " is " + changed.state().wire() + ", which does not allow this.",
                        Map.of("state", changed.state().wire()));
        }
        throw new IllegalStateException("No such result");
    }

    /**
     * The same for several tasks of any queues, each on its own; in their order.
     *
     * @param changes at most 10,000
     */
    public List<Changed> change(List<? extends Change> changes) {
        return changes.isEmpty() ? List.of() : store.change(List.copyOf(changes), clock.instant());
    }

    /** How many ready tasks of its queue and lane go before it, counted up to a limit; empty unless it is ready. */
    public OptionalInt ahead(TaskId id, int limit) {
        return store.ahead(id, limit);
    }

    /**
     * Does something to all tasks that match, looking at no more than {@link TaskFilter#WALK}; repeat with {@code next}
     * until it is null. Repeating a call does no harm.
     */
    public ActionReport act(Action action, TaskFilter filter, String cursor, boolean dryRun) {
        return walk(action, filter, cursor, dryRun ? null : task -> Optional.of(action.on(task)));
    }

    /**
     * Retries all tasks that match, each with its payload edited; otherwise like {@link #act}. One whose payload would be
     * larger than payloads may be stays as it is, and is not counted as done.
     *
     * @param edit from the payload that a task has to the one that it runs with from now on
     */
    public ActionReport retry(TaskFilter filter, UnaryOperator<Payload> edit, String cursor) {
        return walk(
                Action.RETRY,
                filter,
                cursor,
                task -> Optional.of(edit.apply(task.spec().payload()))
                        .filter(payload -> payload.json().length <= payloads.bytes())
                        .map(payload ->
                                new Change.Retry(task.id(), task.status().revision(), payload)));
    }

    /**
     * @param change null for a dry run
     */
    private ActionReport walk(
            Action action, TaskFilter filter, String cursor, Function<Task, Optional<Change>> change) {
        long matched = 0;
        long done = 0;
        String next = cursor;
        for (int walked = 0; walked < TaskFilter.WALK; walked += PAGE) {
            TaskPage page = list(filter, next, PAGE);
            List<Task> fitting = page.items().stream()
                    .filter(task -> action.fits(task.state()))
                    .toList();
            matched += fitting.size();
            done += change == null ? 0 : perform(fitting, change);
            next = page.next();
            // A short page that is not the last one has looked at all that one call may look at.
            if (next == null || page.items().size() < PAGE) {
                break;
            }
        }
        return new ActionReport(matched, done, next);
    }

    /** Completes with the task as it stands when it ended, or after {@code atMost}; holds no thread meanwhile. */
    public CompletionStage<Optional<Task>> awaitEnd(TaskId id, Duration atMost) {
        return ends.await(id, id, atMost);
    }

    /** Like the other, for a task just submitted; told of the end at once when its draft was {@code awaited}. */
    public CompletionStage<Optional<Task>> awaitEnd(Submission submission, TaskId id, Duration atMost) {
        return ends.await(id, submission.serverId(), atMost);
    }

    /** Waits that begin from now on are over at once. Those under way go on, since what they wait for may yet end. */
    public void quiet() {
        ends.quiet();
    }

    /** Ends all waits: each is answered with its task as it stands. */
    public void awaitNothing() {
        ends.answerAll();
    }

    private long perform(List<Task> tasks, Function<Task, Optional<Change>> change) {
        List<Change> changes =
                tasks.stream().map(change).flatMap(Optional::stream).toList();
        return change(changes).stream()
                .filter(changed -> changed.result() == Changed.Result.DONE)
                .count();
    }

    private Task existing(TaskId id) {
        return find(id, true).orElseThrow(() -> notFound(id));
    }

    private static MillraceException notFound(TaskId id) {
        return new MillraceException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id + ", or it was removed.");
    }
}
