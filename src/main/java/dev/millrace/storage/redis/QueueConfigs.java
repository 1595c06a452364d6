package dev.millrace.storage.redis;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.storage.record.Said;
import dev.millrace.storage.record.Together;
import dev.millrace.task.Backoff;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A queue's settings as the fields of its hash; what is not set has no field. */
final class QueueConfigs {
    private QueueConfigs() {}

    /** All fields that settings may have, so that those which are not set any more can go. */
    static final List<String> FIELDS = List.of(
            "maxDepth",
            "maxBytes",
            "concurrency",
            "rate",
            "priority",
            "delay",
            "ttl",
            "timeout",
            "maxAttempts",
            "backoff",
            "ownRetention",
            "age",
            "count",
            "bytes",
            "deadAge",
            "dedupe",
            "said",
            kept(TaskState.SUCCEEDED),
            kept(TaskState.DEAD),
            kept(TaskState.CANCELLED),
            kept(TaskState.EXPIRED));

    static Map<String, String> write(QueueConfig config) {
        Map<String, String> fields = new HashMap<>();
        put(fields, "maxDepth", config.maxDepth());
        put(fields, "maxBytes", config.maxBytes());
        put(fields, "concurrency", config.concurrency());
        put(fields, "rate", config.rate() == null ? null : text(config.rate()));
        TaskOptions defaults = config.defaults() == null ? TaskOptions.NONE : config.defaults();
        put(fields, "priority", defaults.priority());
        put(fields, "delay", defaults.delay());
        put(fields, "ttl", defaults.ttl());
        put(fields, "timeout", defaults.timeout());
        put(fields, "maxAttempts", defaults.maxAttempts());
        put(fields, "ownRetention", defaults.retention());
        if (defaults.backoff() != null) {
            put(fields, "backoff", text(defaults.backoff()));
        }
        if (!config.retention().equals(Retention.NONE)) {
            put(fields, config.retention());
        }
        return fields;
    }

    /** All of it, as there are programs that know nothing of what is usual, and what of it the queue says itself. */
    private static void put(Map<String, String> fields, Retention own) {
        Retention whole = Said.whole(own);
        put(fields, "dedupe", whole.dedupe());
        Retention.STATES.forEach(state -> put(fields, kept(state), text(whole.of(state))));
        putTogether(fields, whole);
        put(fields, "said", Said.bits(own));
    }

    private static String kept(TaskState state) {
        return "kept:" + state.code();
    }

    /** What programs of format 1 go by, which know no states apart: they take nothing away that is to be kept. */
    private static void putTogether(Map<String, String> fields, Retention retention) {
        Together together = Together.of(retention);
        put(fields, "age", together.age());
        put(fields, "count", together.count());
        put(fields, "bytes", together.bytes());
        put(fields, "deadAge", retention.dead().age());
    }

    static QueueConfig read(Response hash) {
        Map<String, String> fields = Hashes.strings(hash);
        return new QueueConfig(
                get(fields, "maxDepth", Long::valueOf, null),
                get(fields, "maxBytes", Long::valueOf, null),
                get(fields, "concurrency", Long::valueOf, null),
                get(fields, "rate", QueueConfigs::rate, null),
                new TaskOptions(
                        get(fields, "priority", Integer::valueOf, null),
                        get(fields, "delay", Duration::parse, null),
                        get(fields, "ttl", Duration::parse, null),
                        get(fields, "timeout", Duration::parse, null),
                        get(fields, "maxAttempts", Integer::valueOf, null),
                        get(fields, "backoff", QueueConfigs::backoff, null),
                        get(fields, "ownRetention", Duration::parse, null)),
                retention(fields));
    }

    private static Retention retention(Map<String, String> fields) {
        Retention usual = Retention.DEFAULT;
        Kept ended = new Kept(
                get(fields, "age", Duration::parse, usual.succeeded().age()),
                get(fields, "count", Long::valueOf, usual.succeeded().count()),
                get(fields, "bytes", Long::valueOf, usual.succeeded().bytes()));
        Kept dead = Kept.of(get(fields, "deadAge", Duration::parse, usual.dead().age()));
        Duration dedupe = get(fields, "dedupe", Duration::parse, usual.dedupe());
        Retention together = Retention.alike(ended, dead, dedupe);
        Retention apart =
                Retention.of(state -> get(fields, kept(state), QueueConfigs::kept, together.of(state)), dedupe);
        Retention whole = isWrittenWith(fields, apart) ? apart : together;
        return Said.of(whole, get(fields, "said", Integer::valueOf, 0));
    }

    /** Otherwise a program of format 1, which does not touch what is said of states apart, has set the retention since. */
    private static boolean isWrittenWith(Map<String, String> fields, Retention apart) {
        Map<String, String> written = new HashMap<>();
        putTogether(written, apart);
        return fields.entrySet().containsAll(written.entrySet());
    }

    /** What scripts go by comes first; then whether it was said what the bucket holds. */
    private static String text(RateLimit rate) {
        return rate.limit() + " " + rate.micros() + " " + rate.holds() + (rate.burst() == null ? "" : " said");
    }

    private static RateLimit rate(String text) {
        String[] parts = text.split(" ");
        Duration per = Duration.ofMillis(Long.parseLong(parts[1]) / 1000);
        return new RateLimit(Long.parseLong(parts[0]), per, parts.length > 3 ? Long.valueOf(parts[2]) : null);
    }

    private static String text(Kept kept) {
        return kept.age() + " " + Objects.requireNonNullElse(kept.count(), "-") + " "
                + Objects.requireNonNullElse(kept.bytes(), "-");
    }

    private static Kept kept(String text) {
        String[] parts = text.split(" ");
        return new Kept(Duration.parse(parts[0]), bound(parts[1]), bound(parts[2]));
    }

    private static Long bound(String text) {
        return text.equals("-") ? null : Long.valueOf(text);
    }

    private static String text(Backoff backoff) {
        return String.join(
                " ",
                backoff.kind().name(),
                backoff.base().toString(),
                Double.toString(backoff.factor()),
                backoff.max().toString(),
                backoff.jitter().name());
    }

    private static Backoff backoff(String text) {
        List<String> parts = new ArrayList<>(List.of(text.split(" ")));
        return new Backoff(
                Backoff.Kind.valueOf(parts.get(0)),
                Duration.parse(parts.get(1)),
                Double.parseDouble(parts.get(2)),
                Duration.parse(parts.get(3)),
                Backoff.Jitter.valueOf(parts.get(4)));
    }

    private static void put(Map<String, String> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }

    private static <T> T get(Map<String, String> fields, String name, Function<String, T> parse, T otherwise) {
        String text = fields.get(name);
        return text == null ? otherwise : parse.apply(text);
    }
}
