package dev.millrace.queue;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import java.util.Map;

/** What became of one submitted task. */
public sealed interface Submitted {
    /**
     * Accepted and durable.
     *
     * @param id the public id: the client's name for it, else the server's
     */
    record Created(TaskId id) implements Submitted {}

    /** The same name or dedupe key came before, with the same content: nothing was added. */
    record Repeated(TaskId id) implements Submitted {}

    /** The unique key is taken and its mode is {@code return}: nothing was added. */
    record Existing(TaskId id) implements Submitted {}

    /** The name is taken by other content. */
    record NameTaken(TaskId id) implements Submitted {}

    /** The dedupe key was used with other content. */
    record KeyReused(TaskId id) implements Submitted {}

    /** The unique key is taken, and its mode is {@code reject}, or {@code replace} while its holder runs. */
    record UniqueTaken(TaskId id) implements Submitted {}

    /** The queue is at its {@code maxDepth}, or at the most lanes that a queue may have. */
    record QueueFull(String reason) implements Submitted {}

    /** The store has no room: nothing was added. */
    record StoreFull(String reason) implements Submitted {}

    /**
     * Another queue is about to get the name, or was within the last minute: nothing was added, and a minute later the name
     * is taken or free.
     */
    record NamePending(TaskId name) implements Submitted {}

    /** The store is away, and the task was not sent to it. */
    record Unsent(String reason) implements Submitted {}

    /**
     * The store gave no answer.
     *
     * @param id the public id under which the task may be there; sent again under it, it is not added twice
     */
    record Unknown(TaskId id, String reason) implements Submitted {}

    /** The task is in the store, or was: this submission or an earlier one added it. */
    default boolean accepted() {
        return this instanceof Created || this instanceof Repeated || this instanceof Existing;
    }

    /** The store was full or away, so that another try may be answered otherwise. */
    default boolean storeFailed() {
        return failure() != null;
    }

    /** That the store was full or away as an exception, which names the id for a repeat if the task was sent; else null. */
    default MillraceException failure() {
        return switch (this) {
            case StoreFull full -> new MillraceException(ErrorCode.STORE_FULL, full.reason());
            case Unsent unsent -> new MillraceException(ErrorCode.STORE_UNAVAILABLE, unsent.reason());
            case Unknown unknown ->
                new MillraceException(
                        ErrorCode.STORE_UNAVAILABLE,
                        unknown.reason(),
                        Map.of("id", unknown.id().value()));
            default -> null;
        };
    }

    /**
     * For a task that never went to the store.
     *
     * @param why thrown again unless it is {@code STORE_FULL} or {@code STORE_UNAVAILABLE}
     */
    static Submitted notSent(MillraceException why) {
        return switch (why.code()) {
            case STORE_FULL -> new StoreFull(why.getMessage());
            case STORE_UNAVAILABLE -> new Unsent(why.getMessage());
            default -> throw why;
        };
    }

    /**
     * For a task that went to the store, with this in place of an answer.
     *
     * @param id the public id
     * @param why thrown again unless it is {@code STORE_FULL} or {@code STORE_UNAVAILABLE}
     */
    static Submitted notAnswered(TaskId id, MillraceException why) {
        return switch (why.code()) {
            case STORE_FULL -> new StoreFull(why.getMessage());
            case STORE_UNAVAILABLE -> new Unknown(id, why.getMessage());
            default -> throw why;
        };
    }
}
