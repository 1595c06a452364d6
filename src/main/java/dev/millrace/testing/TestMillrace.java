package dev.millrace.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.queue.Queues;
import dev.millrace.queue.Submission;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Worker;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * For tests of an application that has handlers: with {@code %test.millrace.testing=true} in its configuration, a
 * {@code @QuarkusTest} can inject this. Tasks then run when {@link #runDue} says so and at no other time, the time is moved by
 * {@link #advance}, and the store is a file that is gone afterwards.
 */
@Singleton
@IfBuildProperty(name = TestSettings.SWITCH, stringValue = "true")
public class TestMillrace {
    private static final DrainCall ALL_THERE_ARE = new DrainCall(DrainCall.ALL, Duration.ofMinutes(1), Duration.ZERO);
    private static final int PAGE = 500;

    private final Submissions submissions;
    private final Tasks tasks;
    private final Queues queues;
    private final Worker worker;
    private final Bench bench;

    TestMillrace(Submissions submissions, Tasks tasks, Queues queues, Worker worker, Bench bench) {
        this.submissions = submissions;
        this.tasks = tasks;
        this.queues = queues;
        this.worker = worker;
        this.bench = bench;
    }

    /** What is the test's own. */
    @Singleton
    @IfBuildProperty(name = TestSettings.SWITCH, stringValue = "true")
    static class Bench {
        private final InstantSource clock;
        private final TimeShift shift;
        private final ObjectMapper mapper;

        Bench(InstantSource clock, TimeShift shift, ObjectMapper mapper) {
            this.clock = clock;
            this.shift = shift;
            this.mapper = mapper;
        }
    }

    /** The time that tasks go by. */
    public Instant now() {
        return bench.clock.instant();
    }

    /** Lets time pass: what is scheduled until then becomes due, leases run out. Nothing runs before {@link #runDue}. */
    public void advance(Duration by) {
        bench.shift.advance(by);
    }

    /**
     * Submits a task that is ready at once.
     *
     * @param payload what Jackson writes as JSON, or a {@link Payload} that is taken as it is
     */
    public TaskId submit(String queue, String type, Object payload) {
        Submission answer = submissions
                .submitAll(queue, List.of(TaskDraft.of(type, json(payload))))
                .getFirst();
        if (answer.accepted() == null) {
            throw new IllegalStateException("The task was not accepted: " + answer.outcome());
        }
        return answer.accepted().id();
    }

    /**
     * Runs everything that is due, also what that submits and what is tried again at once; blocks until nothing is left.
     *
     * @return how many runs that were, failed ones among them
     */
    public long runDue() {
        return worker.drain(ALL_THERE_ARE).done();
    }

    /** The task as it stands, with its history, log, result and error. */
    public Task task(TaskId id) {
        return tasks.find(id, true).orElseThrow(() -> new AssertionError("There is no task " + id));
    }

    /** All tasks of a type, of whatever queue and state, the oldest first. */
    public List<Task> submitted(String type) {
        TaskFilter filter = new TaskFilter(null, null, type, null, Map.of(), null, null);
        List<Task> found = new ArrayList<>();
        String cursor = null;
        do {
            var page = tasks.list(filter, cursor, PAGE);
            found.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        found.sort(Comparator.comparing(task -> task.spec().origin().createdAt()));
        return found;
    }

    /**
     * That there is exactly one task of this type, with this payload.
     *
     * @param payload compared as JSON
     * @return the task
     */
    public Task assertSubmitted(String type, Object payload) {
        List<Task> found = submitted(type);
        JsonNode wanted = tree(json(payload));
        if (found.size() != 1 || !tree(found.getFirst().spec().payload()).equals(wanted)) {
            throw new AssertionError("Wanted one task of type " + type + " with " + wanted + ", but there are "
                    + found.stream().map(task -> tree(task.spec().payload())).toList());
        }
        return found.getFirst();
    }

    /** That there is no task of this type. */
    public void assertNotSubmitted(String type) {
        List<Task> found = submitted(type);
        if (!found.isEmpty()) {
            throw new AssertionError("Wanted no task of type " + type + ", but there are " + found.size());
        }
    }

    /** Forgets all queues and tasks, between two tests. */
    public void clear() {
        queues.names().forEach(queue -> queues.delete(queue, true));
    }

    private Payload json(Object value) {
        try {
            return value instanceof Payload payload ? payload : new Payload(bench.mapper.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private JsonNode tree(Payload payload) {
        try {
            return bench.mapper.readTree(payload.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
