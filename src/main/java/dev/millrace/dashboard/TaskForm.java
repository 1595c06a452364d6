package dev.millrace.dashboard;

import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import dev.millrace.task.Marks;
import dev.millrace.task.NameRules;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A new task as a person filled it in. */
public final class TaskForm {
    /** What only some tasks need. */
    private static final List<String> MORE = List.of(
            "id",
            "ttl",
            "timeout",
            "maxAttempts",
            "backoff",
            "base",
            "max",
            "jitter",
            "unique",
            "tags",
            "labels",
            "retention",
            "destination");

    private static final List<String> FIELDS = Stream.concat(
                    Stream.of("queue", "type", "payload", "when", "priority", "token"), MORE.stream())
            .toList();

    private static final int MAX_MARKS = 16;
    private static final int MAX_MARK_LENGTH = 64;
    private static final int MAX_UNIQUE = 256;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST_RUN = Duration.ofHours(12);
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private JsonCheck.Checked.Wrong payloadFault;

    private TaskForm() {}

    /**
     * @param given the value of a field, or null
     */
    static TaskForm of(UnaryOperator<String> given) {
        TaskForm form = new TaskForm();
        for (String field : FIELDS) {
            String value = given.apply(field);
            form.values.put(field, value == null ? "" : field.equals("payload") ? value : value.strip());
        }
        return form;
    }

    /** What was filled in; empty for nothing. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is wrong with a field; null for nothing. */
    public String fault(String field) {
        return faults.get(field);
    }

    /** By field. */
    public Map<String, String> faults() {
        return faults;
    }

    /** Null unless the payload is not JSON. */
    public JsonCheck.Checked.Wrong payloadFault() {
        return payloadFault;
    }

    /** Whether anything is filled in, or wrong, beyond what most tasks need. */
    public boolean more() {
        return MORE.stream().anyMatch(field -> !value(field).isEmpty() || fault(field) != null);
    }

    void refuse(String field, String reason) {
        faults.putIfAbsent(field, reason);
    }

    /**
     * @param payloadLimit in bytes
     * @param credential who submits; null on an open server
     * @return null when there are faults
     */
    TaskDraft read(long payloadLimit, String credential) {
        checkNames();
        Payload payload = payload(payloadLimit);
        if (!value("id").isEmpty() && !TaskId.isValid(value("id"))) {
            refuse("id", "Letters, digits, _ and - , at most 64.");
        }
        Instant runAt = Spans.time(value("when"));
        TaskOptions options = options(runAt == null);
        Unique unique = unique();
        Marks marks = new Marks(tags(), labels());
        if (!faults.isEmpty()) {
            return null;
        }
        return new TaskDraft(
                value("type"),
                value("destination").isEmpty() ? null : value("destination"),
                payload,
                value("id").isEmpty() ? null : new TaskId(value("id")),
                runAt,
                null,
                options,
                unique,
                marks,
                new TaskDraft.Sender(credential, dedupeKey(), null, fingerprint(), false));
    }

    private void checkNames() {
        matching(
                "queue",
                NameRules::isQueue,
                "Letters a-z, digits and . _ - , at most 63, beginning with a letter or digit.");
        matching(
                "type",
                NameRules::isType,
                "Letters, digits and . _ : / - , at most 128, beginning with a letter or digit.");
        if (!value("destination").isEmpty()) {
            matching("destination", NameRules::isQueue, "Letters a-z, digits and . _ - , at most 63.");
        }
    }

    private void matching(String field, Predicate<String> form, String rule) {
        if (!form.test(value(field))) {
            refuse(field, value(field).isEmpty() ? "This is needed." : rule);
        }
    }

    private Payload payload(long limit) {
        return switch (JsonCheck.check(value("payload"), limit)) {
            case JsonCheck.Checked.Fine(Payload fine) -> fine;
            case JsonCheck.Checked.Wrong wrong -> {
                payloadFault = wrong;
                refuse("payload", wrong.sentence());
                yield null;
            }
        };
    }

    private TaskOptions options(boolean whenIsDelay) {
        Duration delay = whenIsDelay ? span("when", Duration.ZERO, Spans.LONGEST) : null;
        if (whenIsDelay && faults.containsKey("when")) {
            faults.put("when", "Must be " + Spans.DURATION_RULE + ", or " + Spans.TIME_RULE + ".");
        }
        return new TaskOptions(
                number("priority", 0, 9),
                delay,
                span("ttl", SHORTEST, Spans.LONGEST),
                span("timeout", SHORTEST, LONGEST_RUN),
                number("maxAttempts", 1, 100),
                backoff(),
                span("retention", SHORTEST, Spans.LONGEST));
    }

    private Backoff backoff() {
        Backoff usual = Backoff.DEFAULT;
        Duration base = span("base", SHORTEST, Spans.LONGEST);
        Duration max = span("max", SHORTEST, Spans.LONGEST);
        Backoff.Kind kind = keyword("backoff", Backoff.Kind.class);
        Backoff.Jitter jitter = keyword("jitter", Backoff.Jitter.class);
        if (base == null && max == null && kind == null && jitter == null) {
            return null;
        }
        Duration from = base != null ? base : max != null && max.compareTo(usual.base()) < 0 ? max : usual.base();
        Duration to = max != null ? max : from.compareTo(usual.max()) > 0 ? from : usual.max();
        if (to.compareTo(from) < 0) {
            refuse("max", "Must not be shorter than the first wait.");
        }
        return new Backoff(
                kind == null ? usual.kind() : kind, from, usual.factor(), to, jitter == null ? usual.jitter() : jitter);
    }

    private Unique unique() {
        String key = value("unique");
        if (key.length() > MAX_UNIQUE) {
            refuse("unique", "At most " + MAX_UNIQUE + " characters.");
        }
        return key.isEmpty() ? null : new Unique(key, null, Unique.Mode.REJECT);
    }

    private List<String> tags() {
        List<String> tags = Stream.of(value("tags").split("[,\\s]+"))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        boolean tooLong = tags.stream().anyMatch(tag -> tag.length() > MAX_MARK_LENGTH);
        if (tags.size() > MAX_MARKS || tooLong) {
            refuse("tags", "At most " + MAX_MARKS + " tags of " + MAX_MARK_LENGTH + " characters.");
        }
        return tags;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        value("labels")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    String key = equals < 0 ? line : line.substring(0, equals).strip();
                    String text = equals < 0 ? "" : line.substring(equals + 1).strip();
                    if (equals < 1
                            || key.isEmpty()
                            || key.length() > MAX_MARK_LENGTH
                            || text.length() > MAX_MARK_LENGTH) {
                        refuse("labels", "One key=value to a line, each at most " + MAX_MARK_LENGTH + " characters.");
                    }
                    labels.put(key, text);
                });
        if (labels.size() > MAX_MARKS) {
            refuse("labels", "At most " + MAX_MARKS + " labels.");
        }
        return labels;
    }

    private Duration span(String field, Duration min, Duration max) {
        if (value(field).isEmpty()) {
            return null;
        }
        Duration span = Spans.duration(value(field));
        if (span == null || span.compareTo(min) < 0) {
            refuse(field, "Must be " + Spans.DURATION_RULE + ".");
        } else if (span.compareTo(max) > 0) {
            refuse(field, "Must not be longer than " + max.toHours() + " hours.");
        }
        return span;
    }

    private Integer number(String field, int min, int max) {
        String text = value(field);
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return Integer.valueOf(text);
        }
        refuse(field, "Must be a whole number from " + min + " to " + max + ".");
        return null;
    }

    private <E extends Enum<E>> E keyword(String field, Class<E> type) {
        String text = value(field);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        if (!text.isEmpty()) {
            refuse(field, "There is no such choice.");
        }
        return null;
    }

    /** The same form sent twice makes one task. */
    private String dedupeKey() {
        return TOKEN.matcher(value("token")).matches() ? "form-" + value("token") : null;
    }

    private long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        String all = values.toString();
        for (int i = 0; i < all.length(); i++) {
            hash = (hash ^ all.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
