package dev.millrace.api;

import dev.millrace.queue.TaskFilter;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.NameRules;
import dev.millrace.task.TaskState;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads query parameters, strictly: unknown ones and repeated ones are refused. */
final class Query {
    private static final String LABEL = "label.";
    private static final Set<String> FILTER =
            Set.of("queue", "state", "type", "tag", "createdAfter", "createdBefore", "text", "group");
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int USUAL_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int LONGEST_TEXT = 256;
    private static final String GROUP_RULE = "must be 16 hexadecimal digits, as dead letters have it";

    private final MultiMap params;
    private final Faults faults = new Faults();

    Query(MultiMap params) {
        this.params = params;
    }

    /** Refuses every parameter but these. */
    void only(Set<String> known, boolean filter) {
        for (String name : params.names()) {
            boolean fine = known.contains(name) || filter && (FILTER.contains(name) || name.startsWith(LABEL));
            if (!fine) {
                faults.add("/" + name, "is not known here");
            } else if (params.getAll(name).size() > 1) {
                faults.add("/" + name, "is given more than once");
            }
        }
    }

    String text(String name) {
        return params.get(name);
    }

    /** Null for the first page. */
    String cursor() {
        String text = params.get("cursor");
        if (text != null && !isCursor(text)) {
            faults.add("/cursor", "is not one that this list gave");
        }
        return text;
    }

    boolean flag(String name) {
        String text = params.get(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            faults.add("/" + name, "must be true or false");
        }
        return "true".equals(text);
    }

    int limit() {
        String text = params.get("limit");
        if (text == null) {
            return USUAL_LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        faults.add("/limit", "must be a whole number from 1 to " + MAX_LIMIT);
        return USUAL_LIMIT;
    }

    /** A whole number from 0; 0 when it is not given. */
    long number(String name) {
        String text = params.get(name);
        if (text != null && !text.matches("[0-9]{1,18}")) {
            faults.add("/" + name, "must be a whole number from 0");
        }
        return text == null || !text.matches("[0-9]{1,18}") ? 0 : Long.parseLong(text);
    }

    /** Null when none is named. */
    String queue() {
        String queue = text("queue");
        if (queue != null && !NameRules.isQueue(queue)) {
            faults.add("/queue", Names.QUEUE_RULE);
        }
        return queue;
    }

    TaskFilter filter() {
        String queue = queue();
        String type = text("type");
        if (type != null && !NameRules.isType(type)) {
            faults.add("/type", Names.TYPE_RULE);
        }
        TaskFilter filter = new TaskFilter(
                queue,
                state(text("state")),
                type,
                text("tag"),
                labels(),
                time("createdAfter"),
                time("createdBefore"),
                text("text"),
                text("group"));
        checkContent(filter, faults, "");
        return filter;
    }

    /** Payloads and errors are looked at one by one, so that is done in one queue at a time. */
    static void checkContent(TaskFilter filter, Faults faults, String pointer) {
        if (filter.text() != null && (filter.text().isEmpty() || filter.text().length() > LONGEST_TEXT)) {
            faults.add(pointer + "/text", "must have 1 to " + LONGEST_TEXT + " characters");
        }
        if (filter.failure() != null && !ErrorShape.isFingerprint(filter.failure())) {
            faults.add(pointer + "/group", GROUP_RULE);
        }
        if (filter.looksAtContent() && filter.queue() == null) {
            faults.add(pointer + "/queue", "is needed beside text and group");
        }
    }

    static boolean isCursor(String text) {
        return CURSOR.matcher(text).matches();
    }

    /** To be called last. */
    void refuse() {
        faults.refuse();
    }

    private TaskState state(String text) {
        TaskState state = text == null ? null : TaskState.ofWire(text);
        if (text != null && state == null) {
            faults.add("/state", "must be one of " + states());
        }
        return state;
    }

    static String states() {
        return String.join(
                ", ", List.of(TaskState.values()).stream().map(TaskState::wire).toList());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String name : params.names()) {
            if (name.startsWith(LABEL)) {
                labels.put(name.substring(LABEL.length()), params.get(name));
            }
        }
        return labels;
    }

    private Instant time(String name) {
        String text = text(name);
        // A plus sign in a query means a space, which no time contains.
        Instant time = text == null ? null : Iso.time(text.replace(' ', '+'));
        if (text != null && time == null) {
            faults.add("/" + name, "must be an RFC 3339 time such as 2026-11-21T01:02:03.004Z");
        }
        return time;
    }
}
