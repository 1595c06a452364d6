package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.queue.Submission;
import dev.millrace.queue.Submitted;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** What became of the tasks of a bulk call, in their order. */
final class BulkAnswer {
    private final List<Result> results;

    /**
     * @param submissions one per item that was readable, in order
     */
    BulkAnswer(List<BulkItem> items, List<Submission> submissions) {
        Iterator<Submission> accepted = submissions.iterator();
        results = new ArrayList<>(items.size());
        for (BulkItem item : items) {
            results.add(
                    item.refusal() != null
                            ? new Result(0, null, item.refusal())
                            : result(accepted.next().outcome()));
        }
    }

    /** Whether there was nothing new in the call, as in one that comes again; not known of a task that met no store. */
    boolean allRepeated() {
        return results.stream()
                        .allMatch(result -> result.refusal() == null
                                ? result.status() == 200
                                : !isOfStore(result.refusal().code()))
                && results.stream().anyMatch(result -> result.status() == 200);
    }

    /** Whether there is any task now that was not refused. */
    boolean anyAccepted() {
        return results.stream().anyMatch(result -> result.refusal() == null);
    }

    /**
     * What became of each task; a problem when the same is to be said of all.
     *
     * @param keyed whether the call has an {@code Idempotency-Key}
     */
    RestResponse<byte[]> response(boolean keyed) {
        if (all(ErrorCode.IDEMPOTENCY_MISMATCH)) {
            throw new MillraceException(
                    ErrorCode.IDEMPOTENCY_MISMATCH, "This Idempotency-Key was used with another body.");
        }
        if (all(ErrorCode.STORE_FULL)) {
            throw results.getFirst().refusal();
        }
        if (all(ErrorCode.STORE_UNAVAILABLE)) {
            throw unavailable(keyed);
        }
        return Answers.ok(this::write);
    }

    private static boolean isOfStore(ErrorCode code) {
        return code == ErrorCode.STORE_FULL || code == ErrorCode.STORE_UNAVAILABLE;
    }

    private boolean all(ErrorCode code) {
        return !results.isEmpty()
                && results.stream()
                        .allMatch(result ->
                                result.refusal() != null && result.refusal().code() == code);
    }

    /** The call as a whole, with how it is repeated without a task being added twice. */
    private MillraceException unavailable(boolean keyed) {
        String reason = results.getFirst().refusal().getMessage();
        if (keyed) {
            return unavailable(reason + " Repeated with its Idempotency-Key, nothing is accepted twice.", Map.of());
        }
        if (results.stream().allMatch(result -> result.refusal().members().isEmpty())) {
            return unavailable(reason + " Nothing was accepted.", Map.of());
        }
        Problem.Part told = this::writeResults;
        return unavailable(
                reason + " Repeated with the ids of its results, nothing is accepted twice.", Map.of("results", told));
    }

    private static MillraceException unavailable(String detail, Map<String, Object> members) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, detail, members);
    }

    private void write(JsonGenerator json) throws IOException {
        long accepted =
                results.stream().filter(result -> result.refusal() == null).count();
        json.writeStartObject();
        json.writeNumberField("accepted", accepted);
        json.writeNumberField("rejected", results.size() - accepted);
        json.writeFieldName("results");
        writeResults(json);
        json.writeEndObject();
    }

    private void writeResults(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < results.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("index", i);
            results.get(i).write(json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Result result(Submitted outcome) {
        return switch (outcome) {
            case Submitted.Created created -> new Result(201, created.id(), null);
            case Submitted.Repeated repeated -> new Result(200, repeated.id(), null);
            case Submitted.Existing existing -> new Result(200, existing.id(), null);
            default -> new Result(0, null, Refusals.of(outcome));
        };
    }

    /**
     * @param status of an accepted one
     * @param id of an accepted one, else null
     * @param refusal null when accepted
     */
    private record Result(int status, TaskId id, MillraceException refusal) {
        void write(JsonGenerator json) throws IOException {
            if (refusal == null) {
                json.writeStringField("id", id.value());
                json.writeNumberField("status", status);
            } else {
                BulkAnswer.refusal(json, refusal);
            }
        }
    }

    /** The members of a refusal among the results of a call. */
    static void refusal(JsonGenerator json, MillraceException refusal) throws IOException {
        json.writeNumberField("status", refusal.code().status());
        json.writeStringField("code", refusal.code().name());
        json.writeStringField("detail", Problem.printable(refusal.getMessage()));
        for (Map.Entry<String, Object> member : refusal.members().entrySet()) {
            if (member.getValue() instanceof String text) {
                json.writeStringField(member.getKey(), text);
            } else if (member.getValue() instanceof Integer number) {
                json.writeNumberField(member.getKey(), number);
            }
        }
    }
}
