package dev.millrace.storage.redis;

import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Counts those that stand before a ready task in the lines of its lane, one for each priority. */
final class Ahead {
    private static final int PRIORITIES = 10;
    private static final long STEP_MILLIS = 60_000;

    private final RedisBase base;
    private final TaskLocator locator;
    private final TaskReader reader;

    Ahead(RedisBase base, TaskLocator locator, TaskReader reader) {
        this.base = base;
        this.locator = locator;
        this.reader = reader;
    }

    OptionalInt of(TaskId id, int limit) {
        for (Map.Entry<String, List<TaskLocator.Place>> found :
                locator.locate(List.of(id)).entrySet()) {
            TaskRef ref = found.getValue().getFirst().ref();
            Map<TaskRef, TaskRecord> records = reader.records(found.getKey(), List.of(ref));
            Task task = reader.assemble(found.getKey(), records, false).get(ref);
            if (task != null && task.state() == TaskState.READY) {
                return OptionalInt.of(count(found.getKey(), task.spec(), records.get(ref), limit));
            }
        }
        return OptionalInt.empty();
    }

    private int count(String queue, TaskSpec spec, TaskRecord own, int limit) {
        QueueKeys keys = base.queue(queue);
        Request heads = Request.cmd(Command.HMGET).arg(keys.named("heads"));
        for (int priority = 0; priority < PRIORITIES; priority++) {
            heads.arg(line(priority, spec));
        }
        Response first = base.link().ask(heads);
        List<Request> requests = new ArrayList<>();
        for (int priority = 0; priority < PRIORITIES; priority++) {
            String end = end(priority, spec, own);
            if (first.get(priority) != null && end != null) {
                requests.add(Request.cmd(Command.XRANGE)
                        .arg(keys.named("w:" + line(priority, spec)))
                        .arg(first.get(priority).toString())
                        .arg(end)
                        .arg("COUNT")
                        .arg(limit));
            }
        }
        int counted =
                base.link().askAll(requests).stream().mapToInt(Response::size).sum();
        return Math.min(limit, counted);
    }

    private static String line(int priority, TaskSpec spec) {
        return priority + ":" + spec.lane();
    }

    /** The last id in the line of another priority that goes before the task; of equal rank the lower priority does. */
    private static String end(int priority, TaskSpec spec, TaskRecord own) {
        if (priority == spec.priority()) {
            return "(" + own.at() + "-" + own.seq();
        }
        long level = own.at() + (priority - spec.priority()) * STEP_MILLIS;
        long end = priority < spec.priority() ? level : level - 1;
        return end < 0 ? null : String.valueOf(end);
    }
}
