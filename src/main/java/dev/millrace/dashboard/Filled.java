package dev.millrace.dashboard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a person filled into the fields of a form, and what is wrong with it. Empty means the default. */
public final class Filled {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> faults = new HashMap<>();
    private Map<String, String> unsent = Map.of();

    void take(String field, String given) {
        values.put(field, given == null ? "" : given.strip());
    }

    /** What fields say that were not sent: a page may have been opened before there were as many. */
    void leave(Filled before) {
        unsent = before.values;
    }

    /** Shows a value, unless it is the usual one. */
    void show(String field, Object value, Object usual) {
        values.put(field, value == null || value.equals(usual) ? "" : value.toString());
    }

    public String value(String field) {
        String given = values.get(field);
        return given == null ? unsent.getOrDefault(field, "") : given;
    }

    /** What is wrong with a field; null when nothing is. */
    public String fault(String field) {
        return faults.get(field);
    }

    void fault(String field, String what) {
        faults.put(field, what);
    }

    /** Of a field in which there should be nothing; unless something is wrong with it already. */
    void refuse(String field, String what) {
        if (!value(field).isEmpty()) {
            faults.putIfAbsent(field, what);
        }
    }

    boolean wrong() {
        return !faults.isEmpty();
    }

    /** A whole number, also with separators; null when it is empty or wrong. */
    Long whole(String field, long least, long most) {
        String text = value(field).replace(",", "").replace("_", "");
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("\\d{1,15}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        faults.put(field, "must be a whole number, " + Format.grouped(least) + " to " + Format.grouped(most));
        return null;
    }

    /** Like {@link #whole}, of what fits. */
    Integer small(String field, int least, int most) {
        Long number = whole(field, least, most);
        return number == null ? null : Math.toIntExact(number);
    }

    /** Null when it is empty or wrong. */
    Duration span(String field, Duration least, Duration most) {
        String text = value(field);
        if (text.isEmpty()) {
            return null;
        }
        Duration span = Spans.duration(text);
        if (span == null || span.compareTo(least) < 0 || span.compareTo(most) > 0) {
            faults.put(
                    field, "must be " + Spans.DURATION_RULE + ", " + Format.span(least) + " to " + Format.span(most));
            return null;
        }
        return span;
    }
}
