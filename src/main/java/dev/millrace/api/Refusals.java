package dev.millrace.api;

import dev.millrace.queue.Settled;
import dev.millrace.queue.Submitted;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import java.util.Map;

/** Why the rooms behind the API did not do what was asked. */
final class Refusals {
    private Refusals() {}

    /** Of a submission that was not accepted. */
    static MillraceException of(Submitted outcome) {
        return switch (outcome) {
            case Submitted.NameTaken taken ->
                naming(ErrorCode.DUPLICATE_TASK, taken.id(), "Task " + taken.id() + " exists with other content.");
            case Submitted.NamePending pending ->
                new MillraceException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The id " + pending.name()
                                + " is being submitted to another queue, or was within the last minute."
                                + " Try again in a minute.");
            case Submitted.UniqueTaken taken ->
                naming(ErrorCode.DUPLICATE_TASK, taken.id(), "Task " + taken.id() + " holds this unique key.");
            case Submitted.KeyReused reused ->
                naming(
                        ErrorCode.IDEMPOTENCY_MISMATCH,
                        reused.id(),
                        "This Idempotency-Key was used with another body, for task " + reused.id() + ".");
            case Submitted.QueueFull full -> new MillraceException(ErrorCode.QUEUE_FULL, full.reason());
            case Submitted.StoreFull full -> full.failure();
            case Submitted.Unsent unsent -> unsent.failure();
            case Submitted.Unknown unknown -> unknown.failure();
            case Submitted.Created created -> throw new IllegalArgumentException(created + " is no refusal");
            case Submitted.Repeated repeated -> throw new IllegalArgumentException(repeated + " is no refusal");
            case Submitted.Existing existing -> throw new IllegalArgumentException(existing + " is no refusal");
        };
    }

    /** Of an action under a lease that does not hold. */
    static MillraceException of(Settled settled) {
        if (settled.result() == Settled.Result.UNKNOWN) {
            return new MillraceException(ErrorCode.LEASE_LOST, "The task of this lease is gone.");
        }
        return new MillraceException(
                ErrorCode.LEASE_LOST,
                "This lease ended. Task " + settled.id() + " is "
                        + settled.state().wire() + ", at generation " + settled.generation() + ".",
                Map.of(
                        "id", settled.id().value(),
                        "state", settled.state().wire(),
                        "generation", settled.generation()));
    }

    private static MillraceException naming(ErrorCode code, TaskId id, String detail) {
        return new MillraceException(code, detail, Map.of("id", id.value()));
    }
}
