package dev.millrace.api;

import dev.millrace.queue.Action;
import dev.millrace.queue.TaskFilter;
import dev.millrace.task.NameRules;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;

/** Reads what is to be done to which tasks. */
final class ActionReader {
    private static final int LARGEST_PATCH = 64 << 10;

    private Action action;
    private TaskFilter filter = new TaskFilter(null, null, null, null, Map.of(), null, null);
    private boolean dryRun;
    private String cursor;
    private Payload patch;

    private ActionReader() {}

    static Call read(JsonInput in) {
        ActionReader reader = new ActionReader();
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                reader.take(name, in);
            }
            if (reader.action == null && in.faults().isEmpty()) {
                in.faults().add("/action", "is missing");
            }
            if (reader.patch != null
                    && reader.action != Action.RETRY
                    && in.faults().isEmpty()) {
                in.faults().add("/patch", "goes with the action retry alone");
            }
            Query.checkContent(reader.filter, in.faults(), "/filter");
        }
        return new Call(reader.action, reader.filter, reader.cursor, reader.dryRun, reader.patch);
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "action" -> action = Values.keyword(in, Action.class);
            case "dryRun" -> dryRun = Boolean.TRUE.equals(Values.bool(in));
            case "next", "cursor" -> cursor = Values.name(in, Query::isCursor, "is not a cursor");
            case "patch" -> patch = in.isNull() ? null : in.raw(LARGEST_PATCH);
            case "filter" -> {
                if (!in.isNull() && in.startsObject()) {
                    filter = filter(in);
                }
            }
            default -> in.unknown();
        }
    }

    private static TaskFilter filter(JsonInput in) {
        String queue = null;
        TaskState state = null;
        String type = null;
        String tag = null;
        Map<String, String> labels = null;
        Instant after = null;
        Instant before = null;
        String text = null;
        String group = null;
        for (String name = in.member(); name != null; name = in.member()) {
            switch (name) {
                case "queue" -> queue = Values.name(in, NameRules::isQueue, Names.QUEUE_RULE);
                case "state" -> state = Values.keyword(in, TaskState.class);
                case "type" -> type = Values.name(in, NameRules::isType, Names.TYPE_RULE);
                case "tag" -> tag = Values.string(in, DraftReader.MAX_MARK_LENGTH);
                case "labels" -> labels = Values.map(in, DraftReader.MAX_MARKS, DraftReader.MAX_MARK_LENGTH);
                case "createdAfter" -> after = Values.time(in);
                case "createdBefore" -> before = Values.time(in);
                case "text" -> text = Values.string(in, Limits.ENVELOPE);
                case "group" -> group = Values.string(in, Limits.ENVELOPE);
                default -> in.unknown();
            }
        }
        return new TaskFilter(queue, state, type, tag, labels == null ? Map.of() : labels, after, before, text, group);
    }

    /**
     * @param cursor null for the start
     * @param patch a merge patch for the payloads that are retried; null for none
     */
    record Call(Action action, TaskFilter filter, String cursor, boolean dryRun, Payload patch) {}
}
