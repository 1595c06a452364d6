package dev.millrace.testing;

import dev.millrace.task.Backoff;
import dev.millrace.task.Marks;
import dev.millrace.task.NewTask;
import dev.millrace.task.Origin;
import dev.millrace.task.Payload;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.Timing;
import dev.millrace.task.TraceContext;
import dev.millrace.task.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A task as a test wants it; what the test does not name is as usual. */
public final class TaskBuilder {
    private TaskId name;
    private String dedupeKey;
    private String type = "test";
    private String destination;
    private Payload payload = Payload.of("{}");
    private int priority = TaskSpec.DEFAULT_PRIORITY;
    private Timing timing = Timing.DEFAULT;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private Unique unique;
    private final List<String> tags = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String credential;
    private TraceContext trace;
    private Long fingerprint;
    private boolean awaited;

    private TaskBuilder() {}

    public static TaskBuilder aTask() {
        return new TaskBuilder();
    }

    public static TaskBuilder aTask(String type) {
        return new TaskBuilder().ofType(type);
    }

    public TaskBuilder named(String id) {
        name = new TaskId(id);
        return this;
    }

    public TaskBuilder withKey(String key) {
        dedupeKey = key;
        return this;
    }

    public TaskBuilder ofType(String other) {
        type = other;
        return this;
    }

    public TaskBuilder forDestination(String other) {
        destination = other;
        return this;
    }

    public TaskBuilder withPayload(String json) {
        return withPayload(Payload.of(json));
    }

    public TaskBuilder withPayload(Payload other) {
        payload = other;
        return this;
    }

    public TaskBuilder withPriority(int other) {
        priority = other;
        return this;
    }

    public TaskBuilder dueAt(Instant at) {
        timing = new Timing(at, timing.expiresAt(), timing.timeout(), timing.retention());
        return this;
    }

    public TaskBuilder expiringAt(Instant at) {
        timing = new Timing(timing.runAt(), at, timing.timeout(), timing.retention());
        return this;
    }

    public TaskBuilder withTimeout(Duration timeout) {
        timing = new Timing(timing.runAt(), timing.expiresAt(), timeout, timing.retention());
        return this;
    }

    public TaskBuilder keptFor(Duration retention) {
        timing = new Timing(timing.runAt(), timing.expiresAt(), timing.timeout(), retention);
        return this;
    }

    public TaskBuilder retrying(int maxAttempts, Backoff backoff) {
        retry = new RetryPolicy(maxAttempts, backoff);
        return this;
    }

    public TaskBuilder unique(String key, Unique.Mode mode) {
        return unique(key, null, mode);
    }

    public TaskBuilder unique(String key, Duration ttl, Unique.Mode mode) {
        unique = new Unique(key, ttl, mode);
        return this;
    }

    public TaskBuilder tagged(String... more) {
        tags.addAll(List.of(more));
        return this;
    }

    public TaskBuilder labelled(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public TaskBuilder from(String createdBy) {
        credential = createdBy;
        return this;
    }

    public TaskBuilder traced(String parent) {
        trace = parent == null ? null : new TraceContext(parent, null);
        return this;
    }

    public TaskBuilder withFingerprint(long other) {
        fingerprint = other;
        return this;
    }

    public TaskBuilder traced(String parent, String state) {
        trace = new TraceContext(parent, state);
        return this;
    }

    public TaskBuilder awaited() {
        awaited = true;
        return this;
    }

    /** As it is at this moment; the builder may be used again. */
    public NewTask build(Instant createdAt) {
        Marks marks = tags.isEmpty() && labels.isEmpty()
                ? Marks.NONE
                : new Marks(List.copyOf(tags), new LinkedHashMap<>(labels));
        long content = fingerprint != null
                ? fingerprint
                : Objects.hash(type, destination, payload, priority, timing, retry, marks);
        Origin origin = new Origin(createdAt, credential, trace, content, awaited);
        return new NewTask(
                name,
                dedupeKey,
                new TaskSpec(type, destination, payload, priority, timing, retry, unique, marks, origin));
    }
}
