package dev.millrace.storage.redis;

import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From ids, made by the server or given by clients, to tasks. */
final class TaskLocator {
    private final RedisBase base;
    private final TaskReader reader;
    private final NameDirectory directory;

    TaskLocator(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
        this.directory = new NameDirectory(base);
    }

    /** One of the ids asked for, by its place in the list, and the task that it stands for. */
    record Place(int index, TaskRef ref) {}

    /** By queue, the tasks that these ids stand for, as far as they exist. */
    Map<String, List<Place>> locate(List<TaskId> ids) {
        Map<String, List<Place>> found = new LinkedHashMap<>();
        records(ids).forEach((queue, places) -> found.put(queue, List.copyOf(places.places)));
        return found;
    }

    Map<TaskId, Task> find(List<TaskId> ids, boolean whole) {
        Map<TaskId, Task> tasks = new LinkedHashMap<>();
        records(ids).forEach((queue, found) -> {
            Map<TaskRef, Task> read = reader.assemble(queue, found.records, whole);
            for (Place place : found.places) {
                Task task = read.get(place.ref());
                if (task != null) {
                    tasks.put(ids.get(place.index()), task);
                }
            }
        });
        return tasks;
    }

    private static final class Found {
        private final List<Place> places = new ArrayList<>();
        private final Map<TaskRef, TaskRecord> records = new LinkedHashMap<>();
    }

    private Map<String, Found> records(List<TaskId> ids) {
        Map<String, Found> found = new LinkedHashMap<>();
        ByQueue made = ByQueue.of(base, ids, id -> id);
        Map<String, List<Place>> asked = new HashMap<>();
        made.queues()
                .forEach((queue, places) -> asked.put(
                        queue,
                        places.stream()
                                .map(i -> new Place(i, made.refs().get(i)))
                                .toList()));
        boolean[] done = new boolean[ids.size()];
        add(asked, found, done);
        List<TaskId> names = new ArrayList<>();
        for (int i = 0; i < done.length; i++) {
            if (!done[i]) {
                names.add(ids.get(i));
            }
        }
        if (!names.isEmpty()) {
            add(named(ids, done, directory.locate(names)), found, done);
        }
        return found;
    }

    private static Map<String, List<Place>> named(
            List<TaskId> ids, boolean[] done, Map<TaskId, NameDirectory.Located> located) {
        Map<String, List<Place>> asked = new HashMap<>();
        for (int i = 0; i < done.length; i++) {
            NameDirectory.Located one = done[i] ? null : located.get(ids.get(i));
            if (one != null) {
                asked.computeIfAbsent(one.queue(), q -> new ArrayList<>()).add(new Place(i, one.ref()));
            }
        }
        return asked;
    }

    private void add(Map<String, List<Place>> asked, Map<String, Found> found, boolean[] done) {
        asked.forEach((queue, places) -> {
            Collection<TaskRef> refs = places.stream().map(Place::ref).toList();
            Map<TaskRef, TaskRecord> records = reader.records(queue, refs);
            for (Place place : places) {
                TaskRecord record = records.get(place.ref());
                if (record != null) {
                    Found here = found.computeIfAbsent(queue, q -> new Found());
                    here.places.add(place);
                    here.records.put(place.ref(), record);
                    done[place.index()] = true;
                }
            }
        });
    }
}
