package dev.millrace.dashboard;

import dev.millrace.queue.TaskFilter;
import dev.millrace.task.ErrorShape;
import dev.millrace.task.NameRules;
import dev.millrace.task.TaskState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The filter of the task list, which is its address.
 *
 * @param values what was given, by parameter, in a fixed order; without empty ones
 * @param filter what of it is valid
 * @param faults sentences about the rest
 */
public record TaskQuery(Map<String, String> values, TaskFilter filter, List<String> faults) {
    static final String QUEUE = "queue";
    static final String STATE = "state";
    static final String TYPE = "type";
    static final String TAG = "tag";
    static final String LABEL = "label";
    static final String TEXT = "text";
    static final String ERROR = "error";
    static final String AFTER = "after";
    static final String BEFORE = "before";
    static final List<String> ALL = List.of(QUEUE, STATE, TYPE, TAG, LABEL, AFTER, BEFORE, TEXT, ERROR);

    private static final int LONGEST = 256;

    /**
     * @param given the value of a parameter, or null
     */
    static TaskQuery read(UnaryOperator<String> given, Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : ALL) {
            String value = given.apply(name);
            if (value != null && !value.isBlank()) {
                values.put(name, value.strip());
            }
        }
        return new Reading(values, now).query();
    }

    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The query part of the list's address, with the question mark; empty without a filter. */
    public String search() {
        return search(Map.of());
    }

    /** The same with other values; an empty one takes the parameter away. */
    String search(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(changed);
        StringBuilder out = new StringBuilder();
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                out.append(out.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return out.toString();
    }

    private static final class Reading {
        private final Map<String, String> values;
        private final Instant now;
        private final List<String> faults = new ArrayList<>();

        private Reading(Map<String, String> values, Instant now) {
            this.values = values;
            this.now = now;
        }

        private TaskQuery query() {
            String queue = checked(QUEUE, NameRules::isQueue, "a queue's name: a-z 0-9 . _ - , at most 63");
            String type = checked(TYPE, NameRules::isType, "a task type: letters, digits and . _ : / - , at most 128");
            String failure = checked(ERROR, ErrorShape::isFingerprint, "16 hexadecimal digits");
            TaskFilter filter = new TaskFilter(
                    queue, state(), type, text(TAG), label(), time(AFTER), time(BEFORE), text(TEXT), failure);
            return new TaskQuery(Collections.unmodifiableMap(values), filter, List.copyOf(faults));
        }

        private String checked(String name, Predicate<String> form, String rule) {
            String value = values.get(name);
            if (value == null || form.test(value)) {
                return value;
            }
            faults.add(capital(name) + " must be " + rule + ".");
            return null;
        }

        private String text(String name) {
            String value = values.get(name);
            if (value != null && value.length() > LONGEST) {
                faults.add(capital(name) + " must not be longer than " + LONGEST + " characters.");
                return null;
            }
            return value;
        }

        private TaskState state() {
            String value = values.get(STATE);
            TaskState state = value == null ? null : TaskState.ofWire(value);
            if (value != null && state == null) {
                faults.add("There is no such state.");
            }
            return state;
        }

        private Map<String, String> label() {
            String value = text(LABEL);
            if (value == null) {
                return Map.of();
            }
            int equals = value.indexOf('=');
            if (equals < 1) {
                faults.add("Label must be KEY=VALUE.");
                return Map.of();
            }
            return Map.of(value.substring(0, equals), value.substring(equals + 1));
        }

        /** A time, or how long ago it was. */
        private Instant time(String name) {
            String value = values.get(name);
            if (value == null) {
                return null;
            }
            Duration ago = Spans.duration(value);
            Instant time = ago == null ? Spans.time(value) : now.minus(ago);
            if (time == null) {
                faults.add(capital(name) + " must be " + Spans.TIME_RULE + " or " + Spans.DURATION_RULE + ".");
            }
            return time;
        }

        private static String capital(String name) {
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }
}
