package dev.millrace.dashboard;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.TaskState;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The settings of a queue as a person fills them in: what is left empty means the default. */
public final class QueueForm {
    private static final long MOST = 1_000_000_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MEBI = 1L << 20;
    private static final String WITHOUT_LIMIT =
            "means nothing without a number in “Started at most”: fill that in, or leave this empty";

    /** Fields that stand together. */
    public record Group(String legend, List<FormField> fields) {}

    private static final List<FormField> LIMITS = List.of(
            new FormField(
                    "maxDepth",
                    "Tasks at most",
                    "Scheduled, ready and blocked ones; beyond that submissions are refused.",
                    "no limit"),
            new FormField("concurrency", "Running at once", "Over all workers; the others wait.", "no limit"));
    private static final List<FormField> PACE = List.of(
            new FormField("rateLimit", "Started at most", "Over all workers, in the time beside it.", "no limit"),
            new FormField("ratePer", "In", "At most 24h.", "1s"),
            new FormField(
                    "rateBurst", "Of them at once", "After a pause; the others follow evenly.", "those of a second"));
    private static final List<FormField> DEFAULTS = List.of(
            new FormField("priority", "Priority", "0 to 9, 9 first.", "5"),
            new FormField("maxAttempts", "Attempts", "1 to 100.", "5"),
            new FormField("timeout", "Timeout", "Of one attempt, at most 12h.", "5m"),
            new FormField("ttl", "Time to live", "Until it starts.", "no limit"));

    private final List<Group> groups;
    private final Filled filled = new Filled();

    private QueueForm(QueueConfig.Retention usual) {
        groups = List.of(
                new Group("Size", LIMITS),
                new Group("Pace", PACE),
                new Group("For submissions that leave it out", DEFAULTS),
                kept(TaskState.SUCCEEDED, usual),
                kept(TaskState.DEAD, usual),
                kept(TaskState.CANCELLED, usual),
                kept(TaskState.EXPIRED, usual),
                new Group(
                        "Ids and keys",
                        List.of(new FormField(
                                "dedupe",
                                "Kept for",
                                "How long after the end a repeat is recognised.",
                                text(usual.dedupe())))));
    }

    /**
     * @param usual how long ended tasks are kept where the queue says nothing itself
     */
    static QueueForm of(QueueConfig config, QueueConfig.Retention usual) {
        QueueForm form = new QueueForm(usual);
        form.show(config);
        return form;
    }

    private void show(QueueConfig config) {
        TaskOptions defaults = config.defaults();
        QueueConfig.Retention retention = config.retention();
        filled.show("maxDepth", config.maxDepth(), null);
        filled.show("concurrency", config.concurrency(), null);
        if (config.rate() != null) {
            filled.show("rateLimit", config.rate().limit(), null);
            filled.show("ratePer", text(config.rate().per()), text(SECOND));
            filled.show("rateBurst", config.rate().burst(), null);
        }
        filled.show("priority", defaults.priority(), null);
        filled.show("maxAttempts", defaults.maxAttempts(), null);
        filled.show("timeout", text(defaults.timeout()), null);
        filled.show("ttl", text(defaults.ttl()), null);
        for (TaskState state : QueueConfig.Retention.STATES) {
            show(state, retention.of(state));
        }
        filled.show("dedupe", text(retention.dedupe()), null);
    }

    /** As it was sent. */
    static QueueForm of(MultivaluedMap<String, String> fields, QueueConfig.Retention usual) {
        QueueForm form = new QueueForm(usual);
        for (Group group : form.groups) {
            for (FormField field : group.fields()) {
                if (fields.containsKey(field.name())) {
                    form.filled.take(field.name(), fields.getFirst(field.name()));
                }
            }
        }
        return form;
    }

    private static Group kept(TaskState state, QueueConfig.Retention retention) {
        Kept usual = retention.of(state);
        String name = state.wire();
        return new Group(
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " tasks are kept",
                List.of(
                        new FormField(
                                name + "Age", "For", "The first of the three that is over counts.", text(usual.age())),
                        new FormField(name + "Count", "At most", "The oldest go first.", holder(usual.count())),
                        new FormField(
                                name + "Mebibytes",
                                "MiB of them at most",
                                "Payloads and results.",
                                holder(mebibytes(usual.bytes())))));
    }

    private static String holder(Long bound) {
        return bound == null ? "no limit" : Format.grouped(bound);
    }

    /** Rounded up; null for null. */
    private static Long mebibytes(Long bytes) {
        return bytes == null ? null : Long.valueOf(Math.ceilDiv(bytes, MEBI));
    }

    private void show(TaskState state, Kept kept) {
        filled.show(state.wire() + "Age", text(kept.age()), null);
        filled.show(state.wire() + "Count", kept.count(), null);
        filled.show(state.wire() + "Mebibytes", mebibytes(kept.bytes()), null);
    }

    private Kept kept(TaskState state, Kept before) {
        Long mebibytes = filled.whole(state.wire() + "Mebibytes", 0, MOST / MEBI);
        // What is no whole number of them stays as it was unless another was filled in.
        Long bytes = mebibytes == null ? null : Long.valueOf(mebibytes * MEBI);
        boolean same = Objects.equals(mebibytes, mebibytes(before.bytes()));
        return new Kept(
                filled.span(state.wire() + "Age", Duration.ZERO, Spans.LONGEST),
                filled.whole(state.wire() + "Count", 0, MOST),
                same ? before.bytes() : bytes);
    }

    public List<Group> groups() {
        return groups;
    }

    public Filled filled() {
        return filled;
    }

    boolean wrong() {
        return filled.wrong();
    }

    /** What was filled in, with what was not sent as it was; to be used unless {@link #wrong}. */
    QueueConfig over(QueueConfig before) {
        filled.leave(of(before, QueueConfig.Retention.DEFAULT).filled);
        TaskOptions old = before.defaults();
        TaskOptions defaults = new TaskOptions(
                filled.small("priority", 0, 9),
                old.delay(),
                filled.span("ttl", Duration.ofMillis(1), Spans.LONGEST),
                filled.span("timeout", Duration.ofMillis(1), Duration.ofHours(12)),
                filled.small("maxAttempts", 1, 100),
                old.backoff(),
                old.retention());
        QueueConfig.Retention retention = QueueConfig.Retention.of(
                state -> kept(state, before.retention().of(state)),
                filled.span("dedupe", Duration.ZERO, Spans.LONGEST));
        return new QueueConfig(
                filled.whole("maxDepth", 1, MOST),
                before.maxBytes(),
                filled.whole("concurrency", 1, QueueConfig.MOST_AT_ONCE),
                rate(),
                defaults,
                retention);
    }

    private RateLimit rate() {
        Long limit = filled.whole("rateLimit", 1, RateLimit.MOST);
        Duration per = filled.span("ratePer", RateLimit.SHORTEST, RateLimit.LONGEST);
        Long burst = filled.whole("rateBurst", 1, RateLimit.MOST);
        if (filled.value("rateLimit").isEmpty()) {
            filled.refuse("ratePer", WITHOUT_LIMIT);
            filled.refuse("rateBurst", WITHOUT_LIMIT);
        }
        return limit == null ? null : new RateLimit(limit, per == null ? SECOND : per, burst);
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
