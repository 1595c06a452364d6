package dev.millrace.storage.redis;

import dev.millrace.queue.Submitted;
import dev.millrace.storage.redis.NameDirectory.Located;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Whether tasks came before, by their names and keys. Reads alone, which a full Redis does not refuse. */
final class RedisRepeats {
    private final RedisBase base;
    private final NameDirectory directory;

    RedisRepeats(RedisBase base) {
        this.base = base;
        this.directory = new NameDirectory(base);
    }

    /** See {@link dev.millrace.queue.TaskStore#repeats}. */
    List<Optional<Submitted>> of(String queue, List<NewTask> tasks) {
        Map<Integer, Submitted> told = new HashMap<>();
        Map<Integer, NewTask> named = untold(tasks, told, task -> task.name() != null);
        directory
                .gone(named)
                .keySet()
                .forEach(i -> told.put(i, new Submitted.Repeated(named.get(i).name())));
        tellNamed(untold(tasks, told, task -> task.name() != null), told);
        tellKeyed(queue, untold(tasks, told, task -> task.dedupeKey() != null), told);
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> Optional.ofNullable(told.get(i)))
                .toList();
    }

    private static Map<Integer, NewTask> untold(
            List<NewTask> tasks, Map<Integer, Submitted> told, Predicate<NewTask> asked) {
        Map<Integer, NewTask> untold = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            if (!told.containsKey(i) && asked.test(tasks.get(i))) {
                untold.put(i, tasks.get(i));
            }
        }
        return untold;
    }

    private void tellNamed(Map<Integer, NewTask> named, Map<Integer, Submitted> told) {
        List<TaskId> names =
                named.values().stream().map(NewTask::name).distinct().toList();
        Map<TaskId, Located> located = directory.locate(names);
        named.forEach((i, task) -> {
            TaskId name = task.name();
            Located there = located.get(name);
            if (there != null) {
                boolean same = there.fingerprint() == fingerprint(task);
                told.put(i, same ? new Submitted.Repeated(name) : new Submitted.NameTaken(name));
            }
        });
    }

    private void tellKeyed(String queue, Map<Integer, NewTask> keyed, Map<Integer, Submitted> told) {
        List<Integer> asked = List.copyOf(keyed.keySet());
        List<Response> entries = base.link()
                .askAll(asked.stream()
                        .map(i -> Request.cmd(Command.HGET)
                                .arg(base.queue(queue).named("keys"))
                                .arg(keyed.get(i).dedupeKey()))
                        .toList());
        for (int i = 0; i < asked.size(); i++) {
            if (entries.get(i) != null) {
                byte[] entry = entries.get(i).toBytes();
                boolean same = Located.of(queue, entry).fingerprint() == fingerprint(keyed.get(asked.get(i)));
                TaskId id = publicId(entry);
                told.put(asked.get(i), same ? new Submitted.Repeated(id) : new Submitted.KeyReused(id));
            }
        }
    }

    /** Of a key's entry: reference, fingerprint, and its name if it has one. */
    private static TaskId publicId(byte[] entry) {
        int name = TaskRef.LENGTH + Long.BYTES;
        return entry.length > name
                ? new TaskId(SideData.text(Arrays.copyOfRange(entry, name, entry.length)))
                : TaskRef.ofBytes(entry, 0).id();
    }

    private static long fingerprint(NewTask task) {
        return task.spec().origin().fingerprint();
    }
}
