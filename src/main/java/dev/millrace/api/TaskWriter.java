package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.task.Backoff;
import dev.millrace.task.Details;
import dev.millrace.task.Event;
import dev.millrace.task.LogLine;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Times;
import dev.millrace.task.Timing;
import dev.millrace.task.Unique;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes tasks, members in the order of the contract; absent values are left out. */
final class TaskWriter {
    /** Of a task without its payload, about. */
    private static final int USUAL_SIZE = 640;

    private static final String USUAL_TIMEOUT = Iso.write(Timing.DEFAULT_TIMEOUT);
    private static final RawJson USUAL_BACKOFF =
            new RawJson(new Payload(Json.bytes(128, json -> backoff(json, Backoff.DEFAULT))));

    private final JsonGenerator json;
    private final Fields fields;

    TaskWriter(JsonGenerator json, Fields fields) {
        this.json = json;
        this.fields = fields;
    }

    static byte[] bytes(Task task, Fields fields) {
        int size = USUAL_SIZE + task.spec().payload().size();
        return Json.bytes(size, json -> new TaskWriter(json, fields).write(task));
    }

    void write(Task task) throws IOException {
        json.writeStartObject();
        text("id", task.id().value());
        text("queue", task.queue());
        spec(task.spec(), task.status());
        terms(task.spec());
        times(task);
        status(task.spec(), task.status());
        details(task.details());
        json.writeEndObject();
    }

    private void spec(TaskSpec spec, Status status) throws IOException {
        text("type", spec.type());
        text("destination", spec.destination());
        text("state", status.state().wire());
        number("priority", spec.priority());
        raw("payload", spec.payload());
        List<String> tags = spec.marks().tags();
        if (!tags.isEmpty() && fields.has("tags")) {
            json.writeArrayFieldStart("tags");
            for (String tag : tags) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
        Map<String, String> labels = spec.marks().labels();
        if (!labels.isEmpty() && fields.has("labels")) {
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : labels.entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        }
    }

    /** What only matters to who made the task, or wants to make it again. */
    private void terms(TaskSpec spec) throws IOException {
        Unique unique = spec.unique();
        if (unique != null && fields.has("unique")) {
            json.writeObjectFieldStart("unique");
            json.writeStringField("key", unique.key());
            if (unique.ttl() != null) {
                json.writeStringField("ttl", Iso.write(unique.ttl()));
            }
            json.writeStringField("mode", unique.mode().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        Duration retention = spec.timing().retention();
        text("retention", retention == null ? null : Iso.write(retention));
    }

    private void times(Task task) throws IOException {
        Times times = task.status().times();
        time("createdAt", task.spec().origin().createdAt());
        time("runAt", times.runAt());
        time("expiresAt", task.spec().timing().expiresAt());
        time("startedAt", times.startedAt());
        time("finishedAt", times.finishedAt());
    }

    private void status(TaskSpec spec, Status status) throws IOException {
        number("attempts", status.attempts());
        number("maxAttempts", spec.retry().maxAttempts());
        number("crashes", status.crashes());
        number("generation", status.generation());
        Duration timeout = spec.timing().timeout();
        text("timeout", timeout.equals(Timing.DEFAULT_TIMEOUT) ? USUAL_TIMEOUT : Iso.write(timeout));
        if (fields.has("backoff")) {
            json.writeFieldName("backoff");
            if (spec.retry().backoff().equals(Backoff.DEFAULT)) {
                json.writeRawValue(USUAL_BACKOFF);
            } else {
                backoff(json, spec.retry().backoff());
            }
        }
        text("worker", status.worker());
        time("leaseExpiresAt", status.times().leaseExpiresAt());
    }

    static void backoff(JsonGenerator json, Backoff backoff) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", backoff.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("base", Iso.write(backoff.base()));
        json.writeFieldName("factor");
        if (backoff.factor() == Math.rint(backoff.factor())) {
            json.writeNumber((long) backoff.factor());
        } else {
            json.writeNumber(backoff.factor());
        }
        json.writeStringField("max", Iso.write(backoff.max()));
        json.writeStringField("jitter", backoff.jitter().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private void details(Details details) throws IOException {
        Progress progress = details.progress();
        if (progress != null && fields.has("progress")) {
            json.writeObjectFieldStart("progress");
            if (progress.percent() != null) {
                json.writeNumberField("percent", progress.percent());
            }
            if (progress.message() != null) {
                json.writeStringField("message", progress.message());
            }
            json.writeEndObject();
        }
        raw("result", details.result());
        error(details.error());
        history(details.history());
        log(details.log());
    }

    private void error(TaskError error) throws IOException {
        if (error != null && fields.has("error")) {
            json.writeObjectFieldStart("error");
            json.writeStringField("type", error.type());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        }
    }

    private void history(List<Event> history) throws IOException {
        if (history.isEmpty() || !fields.has("history")) {
            return;
        }
        json.writeArrayFieldStart("history");
        for (Event event : history) {
            json.writeStartObject();
            json.writeStringField("at", Iso.write(event.at()));
            json.writeStringField("state", event.state().wire());
            json.writeStringField("cause", event.cause().wire());
            json.writeNumberField("attempt", event.attempt());
            if (event.worker() != null) {
                json.writeStringField("worker", event.worker());
            }
            if (event.message() != null) {
                json.writeStringField("message", event.message());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void log(List<LogLine> log) throws IOException {
        if (log.isEmpty() || !fields.has("log")) {
            return;
        }
        json.writeArrayFieldStart("log");
        for (LogLine line : log) {
            json.writeStartObject();
            json.writeStringField("at", Iso.write(line.at()));
            json.writeNumberField("attempt", line.attempt());
            json.writeStringField("line", line.line());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String name, String value) throws IOException {
        if (value != null && fields.has(name)) {
            json.writeStringField(name, value);
        }
    }

    private void number(String name, long value) throws IOException {
        if (fields.has(name)) {
            json.writeNumberField(name, value);
        }
    }

    private void time(String name, Instant value) throws IOException {
        if (value != null && fields.has(name)) {
            json.writeStringField(name, Iso.write(value));
        }
    }

    private void raw(String name, Payload value) throws IOException {
        if (value != null && fields.has(name)) {
            json.writeFieldName(name);
            json.writeRawValue(new RawJson(value));
        }
    }
}
