package dev.millrace.dashboard;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.TaskOptions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The settings of a queue as a person fills them in: what is left empty means the default. */
public final class QueueForm {
    private static final long MOST = 1_000_000_000_000L;
    private static final long MEBI = 1L << 20;
    private static final QueueConfig.Retention USUAL = QueueConfig.Retention.DEFAULT;

    /** A field; the unit stands behind its label, the hint below it. */
    public record Field(String name, String label, String hint, String holder) {}

    private static final List<Field> LIMITS = List.of(
            new Field(
                    "maxDepth",
                    "Tasks at most",
                    "Scheduled, ready and blocked ones; beyond that submissions are refused.",
                    "no limit"),
            new Field("concurrency", "Running at once", "Over all workers; the others wait.", "no limit"));
    private static final List<Field> DEFAULTS = List.of(
            new Field("priority", "Priority", "0 to 9, 9 first.", "5"),
            new Field("maxAttempts", "Attempts", "1 to 100.", "5"),
            new Field("timeout", "Timeout", "Of one attempt, at most 12h.", "5m"),
            new Field("ttl", "Time to live", "Until it starts.", "no limit"));
    private static final List<Field> RETENTION = List.of(
            new Field("age", "Ended tasks for", "Succeeded, cancelled and expired ones.", "24h"),
            new Field("count", "Ended tasks at most", "The oldest go first.", "100,000"),
            new Field("mebibytes", "MiB of them at most", "Payloads and results.", "256"),
            new Field("deadAge", "Dead letters for", "Never trimmed by their number.", "30d"),
            new Field("dedupe", "Ids and keys for", "How long after the end a repeat is recognised.", "24h"));

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> faults = new HashMap<>();

    private QueueForm() {}

    static QueueForm of(QueueConfig config) {
        QueueForm form = new QueueForm();
        TaskOptions defaults = config.defaults();
        QueueConfig.Retention retention = config.retention();
        form.put("maxDepth", config.maxDepth(), null);
        form.put("concurrency", config.concurrency(), null);
        form.put("priority", defaults.priority(), null);
        form.put("maxAttempts", defaults.maxAttempts(), null);
        form.put("timeout", text(defaults.timeout()), null);
        form.put("ttl", text(defaults.ttl()), null);
        form.put("age", text(retention.age()), text(USUAL.age()));
        form.put("count", retention.count(), USUAL.count());
        form.put("mebibytes", retention.bytes() / MEBI, USUAL.bytes() / MEBI);
        form.put("deadAge", text(retention.deadAge()), text(USUAL.deadAge()));
        form.put("dedupe", text(retention.dedupe()), text(USUAL.dedupe()));
        return form;
    }

    static QueueForm of(MultivaluedMap<String, String> fields) {
        QueueForm form = new QueueForm();
        for (List<Field> group : List.of(LIMITS, DEFAULTS, RETENTION)) {
            for (Field field : group) {
                String given = fields.getFirst(field.name());
                form.values.put(field.name(), given == null ? "" : given.strip());
            }
        }
        return form;
    }

    public List<Field> limits() {
        return LIMITS;
    }

    public List<Field> defaults() {
        return DEFAULTS;
    }

    public List<Field> retention() {
        return RETENTION;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is wrong with a field; null when nothing is. */
    public String fault(String field) {
        return faults.get(field);
    }

    boolean wrong() {
        return !faults.isEmpty();
    }

    /** What was filled in, with what the form does not show as it was; to be used unless {@link #wrong}. */
    QueueConfig over(QueueConfig before) {
        TaskOptions old = before.defaults();
        TaskOptions defaults = new TaskOptions(
                whole("priority", 0, 9, Math::toIntExact),
                old.delay(),
                span("ttl", Duration.ofMillis(1), Spans.LONGEST),
                span("timeout", Duration.ofMillis(1), Duration.ofHours(12)),
                whole("maxAttempts", 1, 100, Math::toIntExact),
                old.backoff(),
                old.retention());
        QueueConfig.Retention retention = new QueueConfig.Retention(
                or(span("age", Duration.ZERO, Spans.LONGEST), USUAL.age()),
                or(whole("count", 0, MOST, Function.identity()), USUAL.count()),
                or(whole("mebibytes", 0, MOST / MEBI, count -> count * MEBI), USUAL.bytes()),
                or(span("deadAge", Duration.ZERO, Spans.LONGEST), USUAL.deadAge()),
                or(span("dedupe", Duration.ZERO, Spans.LONGEST), USUAL.dedupe()));
        return new QueueConfig(
                whole("maxDepth", 1, MOST, Function.identity()),
                before.maxBytes(),
                whole("concurrency", 1, QueueConfig.MOST_AT_ONCE, Function.identity()),
                defaults,
                retention);
    }

    private <T> T whole(String field, long least, long most, Function<Long, T> as) {
        String text = value(field).replace(",", "").replace("_", "");
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("\\d{1,15}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return as.apply(number);
            }
        }
        faults.put(field, "must be a whole number, " + Format.grouped(least) + " to " + Format.grouped(most));
        return null;
    }

    private Duration span(String field, Duration least, Duration most) {
        String text = value(field);
        if (text.isEmpty()) {
            return null;
        }
        Duration span = Spans.duration(text);
        if (span == null || span.compareTo(least) < 0 || span.compareTo(most) > 0) {
            faults.put(field, "must be " + Spans.DURATION_RULE + ", at most " + Format.span(most));
            return null;
        }
        return span;
    }

    private void put(String field, Object value, Object usual) {
        values.put(field, value == null || value.equals(usual) ? "" : value.toString());
    }

    private static <T> T or(T given, T usual) {
        return given != null ? given : usual;
    }

    /** The shortest way to type it; null for null. */
    static String text(Duration span) {
        if (span == null) {
            return null;
        }
        long millis = span.toMillis();
        long[] units = {86_400_000, 3_600_000, 60_000, 1000};
        String[] names = {"d", "h", "m", "s"};
        for (int i = 0; i < units.length; i++) {
            // A day is better said in hours.
            if (millis >= units[i] * (i == 0 ? 2 : 1) && millis % units[i] == 0) {
                return millis / units[i] + names[i];
            }
        }
        return millis + "ms";
    }
}
