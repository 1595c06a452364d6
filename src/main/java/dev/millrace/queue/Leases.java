package dev.millrace.queue;

import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The door for workers: to get tasks, to say how they went, and to keep them longer. */
@ApplicationScoped
public class Leases {
    private final TaskStore store;
    private final LeaseDesk desk;
    private final InstantSource clock;
    private final TaskTally tally;

    Leases(TaskStore store, LeaseDesk desk, InstantSource clock, TaskTally tally) {
        this.store = store;
        this.desk = desk;
        this.clock = clock;
        this.tally = tally;
    }

    /** Never blocks the caller. */
    public PendingLease lease(LeaseCall call) {
        return desk.ask(call);
    }

    /** Leases nothing more; calls that wait are answered with nothing. What is leased can still end. */
    public void quiet() {
        desk.quiet();
    }

    /** An answer per answer, in order; the verdict of a failure follows the task's retry policy. */
    public List<Settled> settle(List<Answer> answers) {
        Instant now = clock.instant();
        Map<TaskId, Task> known = find(answers);
        Map<Integer, Settlement> settlements = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            Task task = known.get(answer.token().task());
            if (!(answer.outcome() instanceof Outcome.Failed) || task != null) {
                settlements.put(i, new Settlement(answer.token(), Verdicts.of(task, answer.outcome(), now)));
            }
        }
        List<Settled> settled = settleInSteps(List.copyOf(settlements.values()), now);
        tell(List.copyOf(settlements.values()), settled, known);
        List<Settled> results = new ArrayList<>(java.util.Collections.nCopies(answers.size(), Settled.NO_TASK));
        int next = 0;
        for (int index : settlements.keySet()) {
            results.set(index, settled.get(next++));
        }
        return results;
    }

    /** What a worker in this process says itself is said here for those elsewhere. */
    private void tell(List<Settlement> settlements, List<Settled> settled, Map<TaskId, Task> known) {
        for (int i = 0; i < settlements.size(); i++) {
            LeaseToken token = settlements.get(i).token();
            Task task = known.get(token.task());
            if (task != null && settled.get(i).result() == Settled.Result.DONE) {
                Verdict verdict = settlements.get(i).verdict();
                AttemptLog.ended(task, token.generation(), verdict);
                tally.ended(task, verdict);
            }
        }
    }

    public Extended extend(LeaseToken token, Duration lease) {
        Instant until = clock.instant().plus(lease);
        return new Extended(extendAll(List.of(new Extension(token, until))).getFirst(), until);
    }

    public List<Settled> extendAll(List<Extension> extensions) {
        return store.extend(extensions, clock.instant());
    }

    public List<Settled> report(List<Report> reports) {
        return store.report(reports, clock.instant());
    }

    private List<Settled> settleInSteps(List<Settlement> settlements, Instant now) {
        List<Settled> settled = new ArrayList<>(settlements.size());
        for (int from = 0; from < settlements.size(); from += TaskStore.STEP) {
            int to = Math.min(settlements.size(), from + TaskStore.STEP);
            settled.addAll(store.settle(settlements.subList(from, to), now));
        }
        return settled;
    }

    /** Those whose retry policy is asked for; all when somebody counts them. */
    private Map<TaskId, Task> find(List<Answer> answers) {
        List<TaskId> ids = answers.stream()
                .filter(answer -> tally.listens() || answer.outcome() instanceof Outcome.Failed)
                .map(answer -> answer.token().task())
                .toList();
        return ids.isEmpty() ? Map.of() : store.find(ids, false);
    }
}
