package dev.millrace.api;

import dev.millrace.queue.TaskDraft;
import dev.millrace.task.Marks;
import dev.millrace.task.NameRules;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads one submission, the current value of an input. */
final class DraftReader {
    static final int MAX_MARKS = 16;
    static final int MAX_MARK_LENGTH = 64;
    private static final int MAX_UNIQUE_KEY = 256;

    private final int payloadLimit;
    private final OptionsReader options = new OptionsReader();
    private String type;
    private String destination;
    private Payload payload = Payload.NULL;
    private String id;
    private Instant runAt;
    private Instant expiresAt;
    private Unique unique;
    private List<String> tags;
    private Map<String, String> labels;

    private DraftReader(int payloadLimit) {
        this.payloadLimit = payloadLimit;
    }

    /**
     * Faults are left with the input; what is returned means nothing then.
     *
     * @param payloadLimit in bytes
     */
    static TaskDraft read(JsonInput in, int payloadLimit, Origin origin) {
        DraftReader reader = new DraftReader(payloadLimit);
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                reader.take(name, in);
            }
            reader.check(in);
        }
        return in.faults().isEmpty() ? reader.draft(origin) : null;
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "type" -> type = Values.name(in, NameRules::isType, Names.TYPE_RULE);
            case "destination" -> destination = Values.name(in, NameRules::isQueue, Names.QUEUE_RULE);
            case "payload" -> payload = in.raw(payloadLimit);
            case "id" -> id = Values.name(in, TaskId::isValid, Names.ID_RULE);
            case "runAt" -> runAt = Values.time(in);
            case "expiresAt" -> expiresAt = Values.time(in);
            case "unique" -> unique = unique(in);
            case "tags" -> tags = Values.strings(in, MAX_MARKS, MAX_MARK_LENGTH);
            case "labels" -> labels = Values.map(in, MAX_MARKS, MAX_MARK_LENGTH);
            default -> {
                if (!options.take(name, in)) {
                    in.unknown();
                }
            }
        }
    }

    private void check(JsonInput in) {
        if (type == null && in.faults().isEmpty()) {
            in.faults().add(in.pointer() + "/type", "is missing");
        }
        if (runAt != null && options.options().delay() != null) {
            in.faults().add(in.pointer() + "/runAt", "must not stand beside delay");
        }
        if (expiresAt != null && options.options().ttl() != null) {
            in.faults().add(in.pointer() + "/expiresAt", "must not stand beside ttl");
        }
    }

    private TaskDraft draft(Origin origin) {
        TaskDraft draft = new TaskDraft(
                type,
                destination,
                payload,
                id == null ? null : new TaskId(id),
                runAt,
                expiresAt,
                options.options(),
                unique,
                tags == null && labels == null
                        ? Marks.NONE
                        : new Marks(tags == null ? List.of() : tags, labels == null ? Map.of() : labels),
                null);
        return origin.sign(draft);
    }

    private static Unique unique(JsonInput in) {
        if (in.isNull() || !in.startsObject()) {
            return null;
        }
        String pointer = in.pointer();
        String key = null;
        Duration ttl = null;
        Unique.Mode mode = null;
        for (String name = in.member(); name != null; name = in.member()) {
            switch (name) {
                case "key" -> key = Values.string(in, MAX_UNIQUE_KEY);
                case "ttl" -> ttl = Values.duration(in, Duration.ofMillis(1), OptionsReader.LONGEST);
                case "mode" -> mode = Values.keyword(in, Unique.Mode.class);
                default -> in.unknown();
            }
        }
        if (key == null && in.faults().isEmpty()) {
            in.faults().add(pointer + "/key", "is missing");
        }
        return new Unique(key, ttl, mode == null ? Unique.Mode.REJECT : mode);
    }
}
