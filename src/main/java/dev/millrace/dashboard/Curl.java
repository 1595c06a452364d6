package dev.millrace.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.task.Backoff;
import dev.millrace.task.Marks;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Task;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Timing;
import dev.millrace.task.Unique;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The command that submits the same task again. */
final class Curl {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Curl() {}

    /**
     * @param base scheme and authority of the API
     * @param key whether an API key is needed
     */
    static String of(Task task, String base, boolean key) {
        String authorization = key ? " \\\n  -H \"Authorization: Bearer $MILLRACE_KEY\"" : "";
        return "curl -X POST " + quoted(base + "/api/v1/queues/" + task.queue() + "/tasks")
                + authorization
                + " \\\n  -H 'Content-Type: application/json' \\\n  --data-raw "
                + quoted(body(task.spec()));
    }

    /** As one word of a POSIX shell, whatever is in it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String body(TaskSpec spec) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", spec.type());
            if (spec.destination() != null) {
                json.writeStringField("destination", spec.destination());
            }
            json.writeFieldName("payload");
            json.writeRawValue(new String(spec.payload().json(), StandardCharsets.UTF_8));
            timing(json, spec);
            options(json, spec);
            unique(json, spec.unique());
            marks(json, spec.marks());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** As spans from the submission: the moments themselves may be past. */
    private static void timing(JsonGenerator json, TaskSpec spec) throws IOException {
        Instant created = spec.origin().createdAt();
        Timing timing = spec.timing();
        if (timing.runAt() != null && timing.runAt().isAfter(created)) {
            json.writeStringField(
                    "delay", Duration.between(created, timing.runAt()).toString());
        }
        if (timing.expiresAt() != null) {
            json.writeStringField(
                    "ttl", Duration.between(created, timing.expiresAt()).toString());
        }
    }

    private static void unique(JsonGenerator json, Unique unique) throws IOException {
        if (unique == null) {
            return;
        }
        json.writeObjectFieldStart("unique");
        json.writeStringField("key", unique.key());
        if (unique.ttl() != null) {
            json.writeStringField("ttl", unique.ttl().toString());
        }
        json.writeStringField("mode", unique.mode().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void options(JsonGenerator json, TaskSpec spec) throws IOException {
        if (spec.priority() != TaskSpec.DEFAULT_PRIORITY) {
            json.writeNumberField("priority", spec.priority());
        }
        if (!spec.timing().timeout().equals(Timing.DEFAULT_TIMEOUT)) {
            json.writeStringField("timeout", spec.timing().timeout().toString());
        }
        if (spec.timing().retention() != null) {
            json.writeStringField("retention", spec.timing().retention().toString());
        }
        if (spec.retry().maxAttempts() != RetryPolicy.DEFAULT.maxAttempts()) {
            json.writeNumberField("maxAttempts", spec.retry().maxAttempts());
        }
        Backoff backoff = spec.retry().backoff();
        if (!backoff.equals(Backoff.DEFAULT)) {
            json.writeObjectFieldStart("backoff");
            json.writeStringField("kind", backoff.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("base", backoff.base().toString());
            json.writeNumberField("factor", backoff.factor());
            json.writeStringField("max", backoff.max().toString());
            json.writeStringField("jitter", backoff.jitter().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
    }

    private static void marks(JsonGenerator json, Marks marks) throws IOException {
        if (!marks.tags().isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (String tag : marks.tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
        if (!marks.labels().isEmpty()) {
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : marks.labels().entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        }
    }
}
