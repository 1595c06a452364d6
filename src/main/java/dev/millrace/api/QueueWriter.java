package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.scale.PoolDemand;
import dev.millrace.scale.QueueDemand;
import dev.millrace.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Writes queues and the demand on them. */
final class QueueWriter {
    private final JsonGenerator json;
    private final Instant now;

    /**
     * @param now by the store's clock, for ages
     */
    QueueWriter(JsonGenerator json, Instant now) {
        this.json = json;
        this.now = now;
    }

    void write(QueueSnapshot queue) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", queue.name());
        json.writeBooleanField("paused", queue.paused());
        json.writeObjectFieldStart("counts");
        for (TaskState state : TaskState.values()) {
            json.writeNumberField(state.wire(), queue.count(state));
        }
        json.writeEndObject();
        oldestReadyAge(queue);
        json.writeFieldName("config");
        config(queue.config(), queue.retention());
        ownRetention(queue.config().retention());
        json.writeEndObject();
    }

    void demand(QueueDemand demand) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", demand.queue().name());
        json.writeNumberField("ready", demand.queue().count(TaskState.READY));
        json.writeNumberField("due", demand.queue().due());
        json.writeNumberField("running", demand.queue().count(TaskState.RUNNING));
        oldestReadyAge(demand.queue());
        json.writeNumberField("wanted", demand.wanted());
        if (demand.pool() != null) {
            json.writeStringField("pool", demand.pool());
        }
        json.writeEndObject();
    }

    void pool(PoolDemand pool) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", pool.name());
        json.writeNumberField("demand", pool.demand());
        json.writeNumberField("waiting", pool.waiting());
        json.writeNumberField("workers", pool.workers());
        json.writeStringField("coldStart", Iso.write(pool.coldStart()));
        if (pool.nextDueAt() != null) {
            json.writeStringField("nextDueAt", Iso.write(pool.nextDueAt()));
        }
        json.writeEndObject();
    }

    private void oldestReadyAge(QueueSnapshot queue) throws IOException {
        if (queue.oldestReadyAt() != null) {
            Duration age = Duration.between(queue.oldestReadyAt(), now);
            json.writeStringField("oldestReadyAge", Iso.write(age.isNegative() ? Duration.ZERO : age));
        }
    }

    private void config(QueueConfig config, QueueConfig.Retention retention) throws IOException {
        json.writeStartObject();
        if (config.maxDepth() != null) {
            json.writeNumberField("maxDepth", config.maxDepth());
        }
        if (config.maxBytes() != null) {
            json.writeNumberField("maxBytes", config.maxBytes());
        }
        if (config.concurrency() != null) {
            json.writeNumberField("concurrency", config.concurrency());
        }
        rate(config.rate());
        json.writeFieldName("defaults");
        defaults(config.defaults());
        json.writeFieldName("retention");
        retention(retention);
        json.writeEndObject();
    }

    private void rate(RateLimit rate) throws IOException {
        if (rate != null) {
            json.writeObjectFieldStart("rateLimit");
            json.writeNumberField("limit", rate.limit());
            json.writeStringField("per", Iso.write(rate.per()));
            json.writeNumberField("burst", rate.holds());
            json.writeEndObject();
        }
    }

    private void retention(QueueConfig.Retention retention) throws IOException {
        json.writeStartObject();
        for (TaskState state : QueueConfig.Retention.STATES) {
            Kept kept = retention.of(state);
            json.writeObjectFieldStart(state.wire());
            json.writeStringField("age", Iso.write(kept.age()));
            if (kept.count() != null) {
                json.writeNumberField("count", kept.count());
            }
            if (kept.bytes() != null) {
                json.writeNumberField("bytes", kept.bytes());
            }
            json.writeEndObject();
        }
        json.writeStringField("dedupe", Iso.write(retention.dedupe()));
        json.writeEndObject();
    }

    /** Names of what the queue says itself; the rest is as configured. */
    private void ownRetention(QueueConfig.Retention own) throws IOException {
        json.writeArrayFieldStart("ownRetention");
        for (TaskState state : QueueConfig.Retention.STATES) {
            Kept kept = own.of(state);
            own(state.wire() + ".age", kept.age());
            own(state.wire() + ".count", kept.count());
            own(state.wire() + ".bytes", kept.bytes());
        }
        own("dedupe", own.dedupe());
        json.writeEndArray();
    }

    private void own(String name, Object said) throws IOException {
        if (said != null) {
            json.writeString(name);
        }
    }

    private void defaults(TaskOptions options) throws IOException {
        json.writeStartObject();
        if (options.priority() != null) {
            json.writeNumberField("priority", options.priority());
        }
        duration("delay", options.delay());
        duration("ttl", options.ttl());
        duration("timeout", options.timeout());
        if (options.maxAttempts() != null) {
            json.writeNumberField("maxAttempts", options.maxAttempts());
        }
        if (options.backoff() != null) {
            json.writeFieldName("backoff");
            TaskWriter.backoff(json, options.backoff());
        }
        duration("retention", options.retention());
        json.writeEndObject();
    }

    private void duration(String name, Duration value) throws IOException {
        if (value != null) {
            json.writeStringField(name, Iso.write(value));
        }
    }
}
