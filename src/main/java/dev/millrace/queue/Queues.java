package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The door for queues themselves: what they hold, how they are set, whether they run. */
@ApplicationScoped
public class Queues {
    private static final int ROUND_TRIP = 100;

    private final QueueStore store;
    private final KnownQueues known;
    private final InstantSource clock;

    Queues(QueueStore store, KnownQueues known, InstantSource clock) {
        this.store = store;
        this.known = known;
        this.clock = clock;
    }

    /** By name. A foreign cursor is refused with {@code INVALID_REQUEST}. */
    public QueuePage list(String cursor, int limit) {
        String after = cursor == null ? "" : decode(cursor);
        List<String> names = store.names().keySet().stream()
                .filter(name -> name.compareTo(after) > 0)
                .sorted()
                .limit(limit + 1L)
                .toList();
        boolean more = names.size() > limit;
        List<String> page = more ? names.subList(0, limit) : names;
        return new QueuePage(snapshots(page, clock.instant()), more ? encode(page.getLast()) : null);
    }

    public Optional<QueueSnapshot> find(String queue) {
        return store.find(queue, clock.instant());
    }

    /** All queues, the most recently used first; the cost depends on their number alone. */
    public List<QueueSnapshot> all() {
        return snapshots(names(), clock.instant());
    }

    /** The names of all queues, the most recently used first. */
    public List<String> names() {
        return List.copyOf(store.names().keySet());
    }

    /**
     * Those of these queues that exist, as of a moment that may lie ahead: what is due by then counts as due. The cost
     * depends on their number alone.
     */
    public List<QueueSnapshot> ahead(List<String> names, Duration by) {
        return snapshots(names, clock.instant().plus(by));
    }

    /** @throws MillraceException {@code QUEUE_NOT_FOUND} */
    public QueueSnapshot configure(String queue, UnaryOperator<QueueConfig> edit) {
        QueueConfig config = edit.apply(existing(queue).config());
        require(store.configure(queue, config), queue);
        known.forget(queue);
        return existing(queue);
    }

    /** @throws MillraceException {@code QUEUE_NOT_FOUND} */
    public QueueSnapshot pause(String queue) {
        require(store.pause(queue, true), queue);
        return existing(queue);
    }

    /** @throws MillraceException {@code QUEUE_NOT_FOUND} */
    public QueueSnapshot resume(String queue) {
        require(store.pause(queue, false), queue);
        return existing(queue);
    }

    /** @throws MillraceException {@code QUEUE_NOT_FOUND}; {@code ILLEGAL_TRANSITION} when it has live tasks */
    public void delete(String queue, boolean force) {
        QueueStore.Deleted deleted = store.delete(queue, force);
        known.forget(queue);
        require(deleted != QueueStore.Deleted.NOT_FOUND, queue);
        if (deleted == QueueStore.Deleted.NOT_EMPTY) {
            throw new MillraceException(
                    ErrorCode.ILLEGAL_TRANSITION,
                    "Queue " + queue + " holds tasks that did not end. Wait for them, cancel them, or delete with"
                            + " force=true to delete them as well.");
        }
    }

    private QueueSnapshot existing(String queue) {
        return find(queue).orElseThrow(() -> notFound(queue));
    }

    private List<QueueSnapshot> snapshots(List<String> names, Instant at) {
        List<QueueSnapshot> found = new ArrayList<>(names.size());
        for (int from = 0; from < names.size(); from += ROUND_TRIP) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ROUND_TRIP));
            found.addAll(store.findAll(some, at));
        }
        return found;
    }

    private static void require(boolean exists, String queue) {
        if (!exists) {
            throw notFound(queue);
        }
    }

    private static MillraceException notFound(String queue) {
        return new MillraceException(
                ErrorCode.QUEUE_NOT_FOUND,
                "There is no queue " + queue + "; a queue comes into being with its first task.");
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("q:" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith("q:")) {
                return text.substring(2);
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
