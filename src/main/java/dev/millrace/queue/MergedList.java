package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of several queues as one, by the time that orders them. Its cursor is that time, and how many tasks of each
 * queue with just that time were shown already.
 */
@ApplicationScoped
class MergedList {
    /** Queues merged, at most: the most recently used. */
    static final int QUEUES = 200;

    private final TaskStore store;
    private final QueueStore queues;
    private final InstantSource clock;

    MergedList(TaskStore store, QueueStore queues, InstantSource clock) {
        this.store = store;
        this.queues = queues;
        this.clock = clock;
    }

    TaskPage list(TaskFilter filter, String cursor, int limit) {
        Position from = cursor == null ? Position.START : Position.decode(cursor);
        List<Found> found = new ArrayList<>();
        Instant unseen = null;
        boolean more = false;
        Comparator<Instant> order = order(filter.state());
        for (String queue : queues.names().keySet().stream().limit(QUEUES).toList()) {
            Page page = gather(filter, queue, from, limit);
            page.tasks().forEach(task -> found.add(new Found(queue, at(task, filter.state()), task)));
            if (page.next() != null) {
                more = true;
                unseen = page.scannedTo() == null || unseen != null && order.compare(unseen, page.scannedTo()) <= 0
                        ? unseen
                        : page.scannedTo();
            }
        }
        found.sort(Comparator.comparing(Found::at, order));
        return page(found, limit, more, unseen, from, order);
    }

    /** Up to about {@code limit} tasks of one queue that were not shown yet. */
    private Page gather(TaskFilter filter, String queue, Position from, int limit) {
        TaskFilter own = filter.in(queue);
        String cursor = from.at == null ? null : Page.cursorAt(from.at);
        int shown = from.shown.getOrDefault(queue, 0);
        List<Task> fresh = new ArrayList<>();
        Page page;
        do {
            page = store.list(own, cursor, limit, clock.instant());
            for (Task task : page.tasks()) {
                if (shown > 0 && at(task, filter.state()).equals(from.at)) {
                    shown--;
                } else {
                    fresh.add(task);
                }
            }
            cursor = page.next();
        } while (cursor != null && fresh.isEmpty() && page.tasks().size() == limit);
        return new Page(fresh, cursor, page.scannedTo());
    }

    /** What lies beyond the first unseen task of any queue may not be shown yet, or the order would break. */
    private static TaskPage page(
            List<Found> found, int limit, boolean more, Instant unseen, Position from, Comparator<Instant> order) {
        List<Found> shown = found.stream()
                .filter(one -> unseen == null || order.compare(one.at, unseen) <= 0)
                .limit(limit)
                .toList();
        boolean last = !more && shown.size() == found.size();
        Instant scannedTo = shown.size() == limit ? shown.getLast().at : unseen;
        if (scannedTo == null && !shown.isEmpty()) {
            scannedTo = shown.getLast().at;
        }
        String next = last ? null : Position.after(shown, scannedTo, from).encode();
        return new TaskPage(shown.stream().map(Found::task).toList(), next, scannedTo);
    }

    private static Comparator<Instant> order(TaskState state) {
        return state == TaskState.SCHEDULED ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    /** The time that a list is ordered by. */
    private static Instant at(Task task, TaskState state) {
        if (state == null) {
            return task.spec().origin().createdAt();
        }
        return switch (state) {
            case SCHEDULED -> task.status().times().runAt();
            case READY -> task.status().times().readyAt();
            case RUNNING -> task.status().times().startedAt();
            case BLOCKED -> task.spec().origin().createdAt();
            case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> task.status().times().finishedAt();
        };
    }

    private record Found(String queue, Instant at, Task task) {}

    /**
     * @param at null at the start
     * @param shown tasks with that very time that were shown, by queue
     */
    private record Position(Instant at, Map<String, Integer> shown) {
        static final Position START = new Position(null, Map.of());
        private static final String MARK = "m";

        static Position after(List<Found> found, Instant at, Position before) {
            Map<String, Integer> shown = new HashMap<>(at != null && at.equals(before.at) ? before.shown : Map.of());
            found.stream().filter(one -> one.at.equals(at)).forEach(one -> shown.merge(one.queue, 1, Integer::sum));
            return new Position(at, shown);
        }

        String encode() {
            StringBuilder text = new StringBuilder(MARK).append(at.toEpochMilli());
            shown.forEach(
                    (queue, count) -> text.append(' ').append(queue).append(' ').append(count));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        static Position decode(String cursor) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
                if (parts[0].startsWith(MARK) && parts.length % 2 == 1) {
                    Map<String, Integer> shown = new HashMap<>();
                    for (int i = 1; i < parts.length; i += 2) {
                        shown.put(parts[i], Math.clamp(Long.parseLong(parts[i + 1]), 0, 500));
                    }
                    return new Position(Instant.ofEpochMilli(Long.parseLong(parts[0].substring(1))), shown);
                }
            } catch (IllegalArgumentException e) {
                throw foreign();
            }
            throw foreign();
        }

        private static MillraceException foreign() {
            return new MillraceException(ErrorCode.INVALID_REQUEST, "This cursor is not one that this list gave.");
        }
    }
}
