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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** The door for new tasks. What arrives at one moment travels to the store together. */
@ApplicationScoped
public class Submissions {
    private final TaskStore store;
    private final KnownQueues known;
    private final InstantSource clock;
    private final Executor flushers = Executors.newVirtualThreadPerTaskExecutor();
    private final SubmissionLine.Room room = new SubmissionLine.Room();
    private final Map<String, SubmissionLine> lines = new ConcurrentHashMap<>();

    Submissions(TaskStore store, KnownQueues known, InstantSource clock) {
        this.store = store;
        this.known = known;
        this.clock = clock;
    }

    /**
     * Never blocks the caller. The answer completes when the task is durable, or exceptionally with a
     * {@link MillraceException}; one of {@code STORE_UNAVAILABLE} then names the task's id, for a repeat under it.
     */
    public CompletionStage<Submission> submit(String queue, TaskDraft draft) {
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        lines.computeIfAbsent(queue, q -> new SubmissionLine(room, drafts -> submitAll(q, drafts), flushers))
                .add(draft, answer);
        return answer;
    }

    /** Blocks until all are durable; an answer per draft, in order. */
    public List<Submission> submitAll(String queue, List<TaskDraft> drafts) {
        List<Submission> answers = new ArrayList<>(drafts.size());
        for (int from = 0; from < drafts.size(); from += TaskStore.STEP) {
            answers.addAll(submitStep(queue, drafts.subList(from, Math.min(drafts.size(), from + TaskStore.STEP))));
        }
        return answers;
    }

    private List<Submission> submitStep(String queue, List<TaskDraft> drafts) {
        KnownQueues.Known home = known.open(queue);
        Instant now = clock.instant();
        List<NewTask> tasks = new ArrayList<>(drafts.size());
        drafts.forEach(draft -> tasks.add(Drafts.resolve(draft, home.config().defaults(), now)));
        BatchPlan plan = BatchPlan.of(tasks);
        List<Batch> batches = new ArrayList<>(plan.groups().size());
        for (List<Integer> group : plan.groups()) {
            BatchId id = BatchId.make(now, home.number(), ThreadLocalRandom.current());
            batches.add(new Batch(id, queue, group.stream().map(tasks::get).toList()));
        }
        try {
            return answers(queue, plan, batches, store.submit(batches, now));
        } catch (MillraceException e) {
            throw withId(e, batches);
        }
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

    /** With one task under way its id can be told, so that a repeat under it is harmless. */
    private static MillraceException withId(MillraceException e, List<Batch> batches) {
        boolean single = batches.size() == 1 && batches.getFirst().tasks().size() == 1;
        if (e.code() != ErrorCode.STORE_UNAVAILABLE || !single) {
            return e;
        }
        TaskId name = batches.getFirst().tasks().getFirst().name();
        String id = (name == null ? batches.getFirst().id().at(0) : name).value();
        return new MillraceException(e.code(), e.getMessage(), Map.of("id", id), e);
    }
}
