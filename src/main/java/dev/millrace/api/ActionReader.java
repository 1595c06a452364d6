package dev.millrace.api;

import dev.millrace.queue.Action;
import dev.millrace.queue.TaskFilter;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;

/** Reads what is to be done to which tasks. */
final class ActionReader {
    private Action action;
    private TaskFilter filter = new TaskFilter(null, null, null, null, Map.of(), null, null);
    private boolean dryRun;
    private String cursor;

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
        }
        return new Call(reader.action, reader.filter, reader.cursor, reader.dryRun);
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "action" -> action = Values.keyword(in, Action.class);
            case "dryRun" -> dryRun = Boolean.TRUE.equals(Values.bool(in));
            case "next", "cursor" -> cursor = Values.name(in, Query::isCursor, "is not a cursor");
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
        for (String name = in.member(); name != null; name = in.member()) {
            switch (name) {
                case "queue" -> queue = Values.name(in, Names::isQueue, Names.QUEUE_RULE);
                case "state" -> state = Values.keyword(in, TaskState.class);
                case "type" -> type = Values.name(in, Names::isType, Names.TYPE_RULE);
                case "tag" -> tag = Values.string(in, DraftReader.MAX_MARK_LENGTH);
                case "labels" -> labels = Values.map(in, DraftReader.MAX_MARKS, DraftReader.MAX_MARK_LENGTH);
                case "createdAfter" -> after = Values.time(in);
                case "createdBefore" -> before = Values.time(in);
                default -> in.unknown();
            }
        }
        return new TaskFilter(queue, state, type, tag, labels == null ? Map.of() : labels, after, before);
    }

    /**
     * @param cursor null for the start
     */
    record Call(Action action, TaskFilter filter, String cursor, boolean dryRun) {}
}
