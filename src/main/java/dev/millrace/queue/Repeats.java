package dev.millrace.queue;

import dev.millrace.task.BatchId;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Tells those whom a full store refused, but who came before, what they led to then. */
final class Repeats {
    private static final Logger LOG = Logger.getLogger(Repeats.class);

    private final TaskStore store;

    Repeats(TaskStore store) {
        this.store = store;
    }

    /**
     * The answers, with those of a full store replaced where the task's name or key came before.
     *
     * @param drafts at most {@link TaskStore#STEP}, an answer to each
     */
    List<Submission> told(String queue, List<TaskDraft> drafts, List<Submission> answers, Instant now) {
        List<Integer> refused = IntStream.range(0, answers.size())
                .filter(i -> answers.get(i).outcome() instanceof Submitted.StoreFull)
                .filter(i -> drafts.get(i).isRecognised())
                .boxed()
                .toList();
        if (refused.isEmpty()) {
            return answers;
        }
        // What the queue would add to a task does not matter to whether it came before.
        List<NewTask> tasks = refused.stream()
                .map(i -> Drafts.resolve(drafts.get(i), TaskOptions.NONE, now))
                .toList();
        List<Optional<Submitted>> before = look(queue, tasks);
        List<Submission> told = new ArrayList<>(answers);
        for (int i = 0; i < before.size(); i++) {
            int index = refused.get(i);
            before.get(i).ifPresent(outcome -> told.set(index, new Submission(outcome, null, null)));
        }
        return told;
    }

    /** Those that come again under the id that the server made for them the first time, when its answer was lost. */
    Map<TaskId, Task> underMadeIds(List<NewTask> tasks) {
        List<TaskId> made = tasks.stream()
                .map(NewTask::name)
                .filter(name -> name != null && BatchId.of(name).isPresent())
                .toList();
        return made.isEmpty() ? Map.of() : store.find(made, false);
    }

    static Submitted told(NewTask task, Task before) {
        boolean same =
                before.spec().origin().fingerprint() == task.spec().origin().fingerprint();
        return same ? new Submitted.Repeated(before.id()) : new Submitted.NameTaken(before.id());
    }

    /** A look that fails takes no answer away. */
    private List<Optional<Submitted>> look(String queue, List<NewTask> tasks) {
        try {
            List<Optional<Submitted>> before = store.repeats(queue, tasks);
            Map<TaskId, Task> made = underMadeIds(tasks);
            return IntStream.range(0, tasks.size())
                    .mapToObj(i -> before.get(i)
                            .or(() -> Optional.ofNullable(tasks.get(i).name())
                                    .map(made::get)
                                    .map(there -> told(tasks.get(i), there))))
                    .toList();
        } catch (RuntimeException e) {
            Logger.Level level = MillraceException.isStoreAway(e) ? Logger.Level.DEBUG : Logger.Level.ERROR;
            LOG.logf(level, e, "What queue %s has of tasks that the full store refused is not known", queue);
            return List.of();
        }
    }
}
