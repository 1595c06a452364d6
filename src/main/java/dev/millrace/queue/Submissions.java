package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.Details;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** The door for new tasks. What arrives at one moment travels to the store together. */
@ApplicationScoped
public class Submissions {
    private static final Logger LOG = Logger.getLogger(Submissions.class);

    private final TaskStore store;
    private final KnownQueues known;
    private final InstantSource clock;
    private final TaskTally tally;
    private final Repeats repeats;
    private final Executor flushers = Executors.newVirtualThreadPerTaskExecutor();
    private final SubmissionLine.Room room = new SubmissionLine.Room();
    private final Map<String, SubmissionLine> lines = new ConcurrentHashMap<>();

    Submissions(TaskStore store, KnownQueues known, InstantSource clock, TaskTally tally) {
        this.store = store;
        this.known = known;
        this.clock = clock;
        this.tally = tally;
        this.repeats = new Repeats(store);
    }

    /**
     * Never blocks the caller. The answer completes when the task is durable, or exceptionally with a
     * {@link MillraceException}; one of {@code STORE_UNAVAILABLE} then names the task's id, for a repeat under it, if the
     * task was sent.
     */
    public CompletionStage<Submission> submit(String queue, TaskDraft draft) {
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        lines.computeIfAbsent(queue, q -> new SubmissionLine(room, drafts -> submitStep(q, drafts), flushers))
                .add(draft, answer);
        return answer;
    }

    /**
     * Blocks until all are durable; an answer per draft, in order.
     *
     * @throws MillraceException {@code STORE_FULL} or {@code STORE_UNAVAILABLE} when the store was full or away for any of
     *     them. Others may be there then: those with names are not added twice by a repeat, and {@link #submitEach} tells
     */
    public List<Submission> submitAll(String queue, List<TaskDraft> drafts) {
        List<Submission> answers = submitEach(queue, drafts);
        for (Submission answer : answers) {
            MillraceException failure = answer.outcome().failure();
            if (failure != null) {
                throw failure;
            }
        }
        return answers;
    }

    /**
     * Like {@link #submitAll}, but that the store was full or away is the answer to those drafts that it was so for. The
     * rest is not sent to it then; of what came before, a full store tells what it led to.
     */
    public List<Submission> submitEach(String queue, List<TaskDraft> drafts) {
        List<Submission> answers = new ArrayList<>(drafts.size());
        Submitted failure = null;
        for (int from = 0; from < drafts.size(); from += TaskStore.STEP) {
            List<TaskDraft> step = drafts.subList(from, Math.min(drafts.size(), from + TaskStore.STEP));
            answers.addAll(failure == null ? submitNext(queue, step, from > 0) : leftOut(queue, step, failure));
            failure = answers.stream()
                    .skip(from)
                    .map(Submission::outcome)
                    .filter(Submitted::storeFailed)
                    .findFirst()
                    .orElse(null);
        }
        return answers;
    }

    private List<Submission> leftOut(String queue, List<TaskDraft> drafts, Submitted failure) {
        List<Submission> answers = notSent(
                drafts,
                switch (failure) {
                    case Submitted.StoreFull full -> full.failure();
                    default ->
                        new MillraceException(
                                ErrorCode.STORE_UNAVAILABLE,
                                "It was not sent, since the store gave no answer to what came before it.");
                });
        return repeats.told(queue, drafts, answers, clock.instant());
    }

    private static List<Submission> notSent(List<TaskDraft> drafts, MillraceException why) {
        return drafts.stream()
                .map(draft -> new Submission(Submitted.notSent(why), null, null))
                .toList();
    }

    /** An error before anything of a step was sent does not take the answers to those before it. */
    private List<Submission> submitNext(String queue, List<TaskDraft> drafts, boolean othersAreTold) {
        try {
            return submitStep(queue, drafts);
        } catch (RuntimeException e) {
            if (!othersAreTold) {
                throw e;
            }
            LOG.error("What is left of a submission to queue " + queue + " was not sent", e);
            return notSent(
                    drafts,
                    new MillraceException(
                            ErrorCode.STORE_UNAVAILABLE, "It was not sent, since this node failed before it."));
        }
    }

    private List<Submission> submitStep(String queue, List<TaskDraft> drafts) {
        return repeats.told(queue, drafts, submitOrRefuse(queue, drafts), clock.instant());
    }

    private List<Submission> submitOrRefuse(String queue, List<TaskDraft> drafts) {
        try {
            return submitOpened(queue, drafts);
        } catch (MillraceException e) {
            // What the store says before tasks are sent to it, as it tells of those by itself.
            return notSent(drafts, e);
        }
    }

    private List<Submission> submitOpened(String queue, List<TaskDraft> drafts) {
        try {
            return submitTo(known.open(queue), queue, drafts);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.QUEUE_NOT_FOUND) {
                throw e;
            }
            // It was deleted while this node remembered it, and comes into being again.
            known.forget(queue);
            return submitTo(known.open(queue), queue, drafts);
        }
    }

    private List<Submission> submitTo(KnownQueues.Known home, String queue, List<TaskDraft> drafts) {
        Instant now = clock.instant();
        List<NewTask> tasks = drafts.stream()
                .map(draft -> Drafts.resolve(draft, home.config().defaults(), now))
                .toList();
        Map<TaskId, Task> before = repeats.underMadeIds(tasks);
        return before.isEmpty() ? addAll(queue, home, tasks, now) : addOthers(queue, home, tasks, before, now);
    }

    private List<Submission> addOthers(
            String queue, KnownQueues.Known home, List<NewTask> tasks, Map<TaskId, Task> before, Instant now) {
        List<NewTask> others = tasks.stream()
                .filter(task -> task.name() == null || !before.containsKey(task.name()))
                .toList();
        Iterator<Submission> added =
                (others.isEmpty() ? List.<Submission>of() : addAll(queue, home, others, now)).iterator();
        List<Submission> answers = new ArrayList<>(tasks.size());
        for (NewTask task : tasks) {
            Task there = task.name() == null ? null : before.get(task.name());
            answers.add(there == null ? added.next() : new Submission(Repeats.told(task, there), there.id(), null));
        }
        return answers;
    }

    private List<Submission> addAll(String queue, KnownQueues.Known home, List<NewTask> tasks, Instant now) {
        BatchPlan plan = BatchPlan.of(tasks);
        List<Batch> batches = new ArrayList<>(plan.groups().size());
        for (List<Integer> group : plan.groups()) {
            BatchId id = BatchId.make(now, home.number(), ThreadLocalRandom.current());
            batches.add(new Batch(id, queue, group.stream().map(tasks::get).toList()));
        }
        return tallied(answers(queue, plan, batches, store.submit(batches, now)));
    }

    private List<Submission> tallied(List<Submission> answers) {
        for (Submission answer : answers) {
            if (answer.accepted() != null) {
                tally.accepted(answer.accepted());
            }
        }
        return answers;
    }

    private static List<Submission> answers(
            String queue, BatchPlan plan, List<Batch> batches, List<List<Submitted>> outcomes) {
        Submission[] answers = new Submission[plan.size()];
        for (int b = 0; b < batches.size(); b++) {
            List<Integer> group = plan.groups().get(b);
            for (int i = 0; i < group.size(); i++) {
                TaskId serverId = batches.get(b).id().at(i);
                NewTask task = batches.get(b).tasks().get(i);
                answers[group.get(i)] =
                        answer(queue, serverId, task, outcomes.get(b).get(i));
            }
        }
        return List.of(answers);
    }

    private static Submission answer(String queue, TaskId serverId, NewTask task, Submitted outcome) {
        Task accepted = outcome instanceof Submitted.Created created
                ? new Task(created.id(), queue, task.spec(), Status.submitted(task.spec()), Details.NONE)
                : null;
        return new Submission(outcome, serverId, accepted);
    }
}
