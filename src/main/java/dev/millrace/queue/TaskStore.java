package dev.millrace.queue;

import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps tasks and moves them through their states, each call one atomic step per queue (or per batch of
 * {@link #STEP} tasks of one), counters, series and history moving with it. Answers only when what it says is durable.
 *
 * <p>Batch first: lists in, a list of the same order out. {@code now} is the store's time, and the only time that is
 * used. A call that throws {@code STORE_UNAVAILABLE} may have happened; every call may be repeated as it was and then
 * changes nothing further, but for {@link #lease}, whose lost answer ends with the lease.
 *
 * <p>All methods block and may be called from any thread.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method but {@link #submit}, which
 *     alone may find the store full (what is running can always end) and answers both; {@code INVALID_REQUEST} for a
 *     cursor that is not this store's
 */
public interface TaskStore {
    /** Tasks moved in one atomic step at most. */
    int STEP = 500;

    /** Lanes with waiting tasks that a queue may have. */
    int LANES = 1000;

    /**
     * Adds what is not there yet. A task whose {@code runAt} is after {@code now} is scheduled, else ready. The id of a
     * batch must carry the number of its queue ({@link QueueStore#open}); all batches are of the same queue.
     *
     * <p>A batch is recognised while anything of it is there, and for a minute after it came even if nothing is: as long
     * as a lost answer makes anybody send it again. The same holds of a name that is an id which the server made for a
     * task, as a client has it from the problem that told it of a lost answer.
     *
     * <p>A batch is added whole or not at all, each by itself: one that meets a full store is told {@link
     * Submitted.StoreFull}, one that could not be sent {@link Submitted.Unsent}, one without an answer, or on which the
     * store met an error, {@link Submitted.Unknown}, whatever became of the others. Of a batch that is sent again after
     * {@code Unknown}, {@code StoreFull} says only that nothing was added this time, and so it does of names and keys:
     * {@link #repeats} tells which of them came before.
     *
     * @return one list per batch, an answer per task
     * @throws dev.millrace.task.MillraceException {@code QUEUE_NOT_FOUND} when the queue does not have this number any
     *     more: what was added before is gone with the queue, and ids have to be made anew
     */
    List<List<Submitted>> submit(List<Batch> batches, Instant now);

    /**
     * What the names and keys of new tasks led to before: {@link Submitted.Repeated}, {@link Submitted.NameTaken} or
     * {@link Submitted.KeyReused}, as {@link #submit} tells it. Only a look, which a full store does not refuse; a name
     * that another queue is just about to use is not there yet.
     *
     * @param queue to which they are submitted, whether or not it exists
     * @param tasks at most {@link #STEP}
     * @return an answer per task, in order; empty for one that did not come before
     */
    List<Optional<Submitted>> repeats(String queue, List<NewTask> tasks);

    /**
     * Hands out up to {@code max} ready tasks of the lanes that are asked for: by (time it became ready - one minute per
     * priority), then arrival; first in, first out within queue, lane and priority. Those that one call brings back arrive
     * together. Other lanes cost nothing. Before that it promotes what is due, reclaims expired leases and
     * expires what is too old, up to a bound, so that no scheduler is needed for progress. Never more than the queue's
     * {@link QueueConfig#concurrency()} leaves room for. Empty for a queue that is paused or does not exist.
     */
    List<Lease> lease(LeaseRequest request, Instant now);

    /** Ends leases, of any queues. */
    List<Settled> settle(List<Settlement> settlements, Instant now);

    /** Moves the deadline of leases, of any queues. */
    List<Settled> extend(List<Extension> extensions, Instant now);

    /**
     * Keeps progress and log lines, of any queues. Lines that the attempt has already logged at {@code now}, one after the
     * other, are a repeat and not kept twice.
     */
    List<Settled> report(List<Report> reports, Instant now);

    /** Changes tasks from outside their leases, of any queues. */
    List<Changed> change(List<Change> changes, Instant now);

    /**
     * The tasks that exist, under the ids that were asked for (public or made by the server); with history and log if
     * {@code whole}.
     */
    Map<TaskId, Task> find(List<TaskId> ids, boolean whole);

    /**
     * A page of one queue's tasks, looking at no more than {@link TaskFilter#WALK}.
     *
     * @param cursor {@link Page#next()} of the page before, {@link Page#cursorAt}, or null
     * @param limit 1 to 500
     */
    Page list(TaskFilter filter, String cursor, int limit, Instant now);

    /**
     * How many ready tasks of its queue and lane would be leased before this one, counted up to {@code limit}; empty
     * when there is no such task or it is not ready.
     *
     * @param limit 1 to 1,000
     */
    OptionalInt ahead(TaskId task, int limit);

    /**
     * Does the queue's due upkeep once, up to about {@code limit} tasks of each kind: scheduled tasks that are due become
     * ready, expired leases go back ({@code lease-expired}, one crash more; dead as {@code poison} at
     * {@link dev.millrace.task.RetryPolicy#MAX_CRASHES}), tasks past {@code expiresAt} that did not start expire. Safe on
     * any number of nodes at once.
     *
     * @return how many tasks moved; at least {@code limit} when there may be more
     */
    int tidy(String queue, int limit, Instant now);

    /**
     * Removes ended tasks that are past their retention by age, count or bytes, and names and keys past their dedupe
     * window, up to about {@code limit}. Dead tasks go by age alone.
     *
     * @return how many were removed; at least {@code limit} when there may be more
     */
    int prune(String queue, int limit, Instant now);
}
