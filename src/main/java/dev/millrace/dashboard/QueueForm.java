package dev.millrace.dashboard;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.TaskOptions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;

/** The settings of a queue as a person fills them in: what is left empty means the default. */
public final class QueueForm {
    private static final long MOST = 1_000_000_000_000L;
    private static final long MEBI = 1L << 20;
    private static final QueueConfig.Retention USUAL = QueueConfig.Retention.DEFAULT;

    private static final List<FormField> LIMITS = List.of(
            new FormField(
                    "maxDepth",
                    "Tasks at most",
                    "Scheduled, ready and blocked ones; beyond that submissions are refused.",
                    "no limit"),
            new FormField("concurrency", "Running at once", "Over all workers; the others wait.", "no limit"));
    private static final List<FormField> DEFAULTS = List.of(
            new FormField("priority", "Priority", "0 to 9, 9 first.", "5"),
            new FormField("maxAttempts", "Attempts", "1 to 100.", "5"),
            new FormField("timeout", "Timeout", "Of one attempt, at most 12h.", "5m"),
            new FormField("ttl", "Time to live", "Until it starts.", "no limit"));
    private static final List<FormField> RETENTION = List.of(
            new FormField("age", "Ended tasks for", "Succeeded, cancelled and expired ones.", "24h"),
            new FormField("count", "Ended tasks at most", "The oldest go first.", "100,000"),
            new FormField("mebibytes", "MiB of them at most", "Payloads and results.", "256"),
            new FormField("deadAge", "Dead letters for", "Never trimmed by their number.", "30d"),
            new FormField("dedupe", "Ids and keys for", "How long after the end a repeat is recognised.", "24h"));

    private final Filled filled = new Filled();

    private QueueForm() {}

    static QueueForm of(QueueConfig config) {
        QueueForm form = new QueueForm();
        TaskOptions defaults = config.defaults();
        QueueConfig.Retention retention = config.retention();
        form.filled.show("maxDepth", config.maxDepth(), null);
        form.filled.show("concurrency", config.concurrency(), null);
        form.filled.show("priority", defaults.priority(), null);
        form.filled.show("maxAttempts", defaults.maxAttempts(), null);
        form.filled.show("timeout", text(defaults.timeout()), null);
        form.filled.show("ttl", text(defaults.ttl()), null);
        form.filled.show("age", text(retention.age()), text(USUAL.age()));
        form.filled.show("count", retention.count(), USUAL.count());
        form.filled.show("mebibytes", retention.bytes() / MEBI, USUAL.bytes() / MEBI);
        form.filled.show("deadAge", text(retention.deadAge()), text(USUAL.deadAge()));
        form.filled.show("dedupe", text(retention.dedupe()), text(USUAL.dedupe()));
        return form;
    }

    static QueueForm of(MultivaluedMap<String, String> fields) {
        QueueForm form = new QueueForm();
        for (List<FormField> group : List.of(LIMITS, DEFAULTS, RETENTION)) {
            for (FormField field : group) {
                form.filled.take(field.name(), fields.getFirst(field.name()));
            }
        }
        return form;
    }

    public List<FormField> limits() {
        return LIMITS;
    }

    public List<FormField> defaults() {
        return DEFAULTS;
    }

    public List<FormField> retention() {
        return RETENTION;
    }

    public Filled filled() {
        return filled;
    }

    boolean wrong() {
        return filled.wrong();
    }

    /** What was filled in, with what the form does not show as it was; to be used unless {@link #wrong}. */
    QueueConfig over(QueueConfig before) {
        TaskOptions old = before.defaults();
        TaskOptions defaults = new TaskOptions(
                filled.small("priority", 0, 9),
                old.delay(),
                filled.span("ttl", Duration.ofMillis(1), Spans.LONGEST),
                filled.span("timeout", Duration.ofMillis(1), Duration.ofHours(12)),
                filled.small("maxAttempts", 1, 100),
                old.backoff(),
                old.retention());
        QueueConfig.Retention retention = new QueueConfig.Retention(
                or(filled.span("age", Duration.ZERO, Spans.LONGEST), USUAL.age()),
                or(filled.whole("count", 0, MOST), USUAL.count()),
                or(filled.whole("mebibytes", 0, MOST / MEBI), USUAL.bytes() / MEBI) * MEBI,
                or(filled.span("deadAge", Duration.ZERO, Spans.LONGEST), USUAL.deadAge()),
                or(filled.span("dedupe", Duration.ZERO, Spans.LONGEST), USUAL.dedupe()));
        return new QueueConfig(
                filled.whole("maxDepth", 1, MOST),
                before.maxBytes(),
                filled.whole("concurrency", 1, QueueConfig.MOST_AT_ONCE),
                defaults,
                retention);
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
