package dev.millrace.storage.redis;

import dev.millrace.task.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Things about tasks, sorted by the queues of the tasks, and in each queue by batch.
 *
 * @param queues to the places, in the list that was given, of what concerns them
 * @param refs the tasks by place; null where the id is none of a server's or its queue does not exist
 */
record ByQueue(Map<String, List<Integer>> queues, List<TaskRef> refs) {
    static <T> ByQueue of(RedisBase base, List<T> things, Function<T, TaskId> id) {
        Map<String, List<Integer>> queues = new LinkedHashMap<>();
        List<TaskRef> refs = new ArrayList<>(things.size());
        for (int i = 0; i < things.size(); i++) {
            Optional<TaskRef> ref = TaskRef.of(id.apply(things.get(i)));
            Optional<String> queue =
                    ref.flatMap(r -> base.numbers().name(r.batch().queueNumber()));
            refs.add(queue.isPresent() ? ref.get() : null);
            if (queue.isPresent()) {
                queues.computeIfAbsent(queue.get(), q -> new ArrayList<>()).add(i);
            }
        }
        return new ByQueue(queues, refs);
    }
}
