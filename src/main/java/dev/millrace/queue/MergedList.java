package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The lists of several queues as one, by the time that orders them. Its cursor is that time, and how many tasks of each
 * queue with just that time were shown already.
 */
@ApplicationScoped
class MergedList {
    /** Queues merged, at most: the most recently used. */
    static final int QUEUES = 200;

    /** Tasks read of a queue at first, at least; more of those that more is needed of. */
    private static final int FEWEST = 5;

    private final TaskStore store;
    private final QueueStore queues;
    private final InstantSource clock;

    MergedList(TaskStore store, QueueStore queues, InstantSource clock) {
        this.store = store;
        this.queues = queues;
        this.clock = clock;
    }

    TaskPage list(TaskFilter filter, String cursor, int limit) {
        return list(filter, List.copyOf(queues.names().keySet()), cursor, limit);
    }

    /** Of these queues alone, the first {@link #QUEUES} of them. */
    TaskPage list(TaskFilter filter, List<String> queues, String cursor, int limit) {
        Position from = cursor == null ? Position.START : Position.decode(cursor);
        List<String> names = queues.stream().limit(QUEUES).toList();
        int some = Math.clamp(2L * limit / Math.max(1, names.size()), Math.min(FEWEST, limit), limit);
        return new Merge(
                        names.stream()
                                .map(queue -> new Source(filter.in(queue), from, some, limit))
                                .toList(),
                        order(filter.state()),
                        from)
                .page(limit);
    }

    /** One page while it is put together: the first of all queues, again and again. */
    private static final class Merge {
        private final List<Source> sources;
        private final Comparator<Instant> order;
        private final Position from;
        private final List<Found> shown = new ArrayList<>();

        private Merge(List<Source> sources, Comparator<Instant> order, Position from) {
            this.sources = sources;
            this.order = order;
            this.from = from;
        }

        private TaskPage page(int limit) {
            readAhead();
            Source first = first();
            while (first != null && shown.size() < limit) {
                shown.add(first.ahead.poll());
                first = first();
            }
            boolean full = shown.size() == limit;
            boolean last = first == null && sources.stream().noneMatch(source -> source.cursor != null);
            Instant unseen = unseen();
            Instant scannedTo = full || unseen == null ? at(shown) : unseen;
            String next = last ? null : Position.after(shown, scannedTo, from).encode();
            return new TaskPage(shown.stream().map(Found::task).toList(), next, scannedTo);
        }

        /** What each queue begins with. */
        private void readAhead() {
            List<Supplier<Found>> reads = new ArrayList<>();
            sources.forEach(source -> reads.add(source::next));
            AtOnce.ask(reads);
        }

        private static Instant at(List<Found> shown) {
            return shown.isEmpty() ? null : shown.getLast().at;
        }

        /** The queue whose next task goes first; null at the end, or where one is not known. */
        private Source first() {
            Source first = null;
            for (Source source : sources) {
                Found next = source.next();
                if (next != null && (first == null || order.compare(next.at, first.ahead.peek().at) < 0)) {
                    first = source;
                }
            }
            Instant unseen = unseen();
            boolean beyond = first != null && unseen != null && order.compare(first.ahead.peek().at, unseen) > 0;
            return beyond ? null : first;
        }

        /** What lies beyond the first unseen task of any queue may not be shown yet, or the order would break. */
        private Instant unseen() {
            return sources.stream()
                    .filter(source -> source.spent && source.ahead.isEmpty() && source.scannedTo != null)
                    .map(source -> source.scannedTo)
                    .min(order)
                    .orElse(null);
        }
    }

    /** What is read of one queue. */
    private final class Source {
        private final TaskFilter filter;
        private final int most;
        private final Instant start;
        private final Deque<Found> ahead = new ArrayDeque<>();
        private int shownBefore;
        private int some;
        private String cursor;
        private boolean begun;
        private boolean spent;
        private Instant scannedTo;

        private Source(TaskFilter filter, Position from, int some, int most) {
            this.filter = filter;
            this.start = from.at;
            this.shownBefore = from.shown.getOrDefault(filter.queue(), 0);
            this.cursor = from.at == null ? null : Page.cursorAt(from.at);
            this.some = some;
            this.most = most;
        }

        /** Null when there is none, or when as much was looked at as may be. */
        private Found next() {
            while (ahead.isEmpty() && !spent && (!begun || cursor != null)) {
                Page page = store.list(filter, cursor, some, clock.instant());
                page.tasks().forEach(this::take);
                spent = page.next() != null && page.tasks().size() < some;
                begun = true;
                cursor = page.next();
                scannedTo = page.scannedTo();
                some = Math.min(most, 2 * some);
            }
            return ahead.peek();
        }

        private void take(Task task) {
            Instant at = at(task, filter.state());
            if (shownBefore > 0 && at.equals(start)) {
                shownBefore--;
            } else {
                ahead.add(new Found(filter.queue(), at, task));
            }
        }
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
