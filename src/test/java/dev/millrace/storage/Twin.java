package dev.millrace.storage;

import dev.millrace.monitor.Minute;
import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Page;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskFilter;
import dev.millrace.task.BatchId;
import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.NewTask;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One of two stores that are told the same. Ids that a store's batches have are written as {@code b<batch>_<index>}, so
 * that what two stores answer can be compared.
 */
final class Twin {
    final Storage storage;
    private final SplittableRandom random = new SplittableRandom();
    private final List<Batch> batches = new ArrayList<>();
    private final Map<BatchId, Integer> numbers = new HashMap<>();
    private final Map<String, LeaseToken> tokens = new HashMap<>();

    Twin(Storage storage) {
        this.storage = storage;
    }

    List<String> submit(String queue, List<NewTask> tasks, Instant now) {
        BatchId id = BatchId.make(now, storage.queues().open(queue, now), random);
        numbers.put(id, batches.size());
        batches.add(new Batch(id, queue, tasks));
        return submit(batches.size() - 1, now);
    }

    List<String> submit(int number, Instant now) {
        return storage.tasks().submit(List.of(batches.get(number)), now).getFirst().stream()
                .map(this::text)
                .toList();
    }

    private String text(Submitted answer) {
        return switch (answer) {
            case Submitted.Created a -> "created " + key(a.id());
            case Submitted.Repeated a -> "repeated " + key(a.id());
            case Submitted.Existing a -> "existing " + key(a.id());
            case Submitted.NameTaken a -> "name taken " + key(a.id());
            case Submitted.KeyReused a -> "key reused " + key(a.id());
            case Submitted.UniqueTaken a -> "unique taken " + key(a.id());
            case Submitted.QueueFull a -> "full";
        };
    }

    /** Leases by task and generation; they can be named by that afterwards. */
    Map<String, Task> lease(LeaseRequest request, Instant now) {
        Map<String, Task> leased = new TreeMap<>();
        for (Lease lease : storage.tasks().lease(request, now)) {
            String name = key(lease.task().id()) + "#" + lease.token().generation();
            tokens.put(name, lease.token());
            leased.put(name, plain(lease.task()));
        }
        return leased;
    }

    LeaseToken token(String name) {
        return tokens.get(name);
    }

    List<String> texts(List<Settled> answers) {
        return answers.stream()
                .map(a ->
                        a.result() + " " + (a.id() == null ? "" : key(a.id())) + " " + a.state() + " " + a.generation())
                .toList();
    }

    String change(Change change, Instant now) {
        return storage.tasks().change(List.of(change), now).getFirst().toString();
    }

    /** All there is of these tasks, under the ids that they were asked for. */
    Map<String, Task> find(List<String> keys) {
        Map<String, Task> found = new TreeMap<>();
        Map<TaskId, Task> tasks =
                storage.tasks().find(keys.stream().map(this::id).toList(), true);
        keys.forEach(key -> {
            if (tasks.containsKey(id(key))) {
                found.put(key, plain(tasks.get(id(key))));
            }
        });
        return found;
    }

    List<String> list(String queue, TaskState state, Instant now) {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            Page page = storage.tasks().list(TaskFilter.ofQueue(queue, state), cursor, 13, now);
            page.tasks().forEach(task -> keys.add(key(task.id())));
            cursor = page.next();
        } while (cursor != null);
        return keys.stream().sorted().toList();
    }

    List<String> minutes(String queue, Instant from, Instant to) {
        return storage.series().minutes(queue, from, to).stream()
                .map(Twin::text)
                .toList();
    }

    private static String text(Minute minute) {
        Map<String, Map<String, Long>> ended = new TreeMap<>();
        minute.ended().forEach((type, counts) -> ended.put(type, new TreeMap<>(counts)));
        return minute.at() + " " + minute.submitted() + " " + minute.started() + " " + ended + " "
                + Arrays.toString(minute.waits()) + " " + Arrays.toString(minute.runs());
    }

    TaskId id(String key) {
        if (!key.matches("b[0-9]+_[0-9]+")) {
            return new TaskId(key);
        }
        String[] parts = key.substring(1).split("_");
        return batches.get(Integer.parseInt(parts[0])).id().at(Integer.parseInt(parts[1]));
    }

    private String key(TaskId id) {
        Integer number = BatchId.of(id).map(numbers::get).orElse(null);
        return number == null ? id.value() : "b" + number + "_" + BatchId.index(id);
    }

    /** With an id that both stores have, and without the words that each of them has for poison. */
    private Task plain(Task task) {
        Details details = task.details();
        TaskError error = details.error();
        if (error != null && error.type().equals("Poison")) {
            error = new TaskError("Poison", "");
        }
        List<Event> history = details.history().stream()
                .map(e -> e.cause() == Cause.POISON
                        ? new Event(e.at(), e.state(), e.cause(), e.attempt(), e.worker(), null)
                        : e)
                .toList();
        return new Task(
                new TaskId(key(task.id())),
                task.queue(),
                task.spec(),
                task.status(),
                new Details(details.progress(), details.result(), error, history, details.log()));
    }
}
