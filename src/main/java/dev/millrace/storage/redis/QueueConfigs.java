package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A queue's settings as the fields of its hash; what is not set has no field. */
final class QueueConfigs {
    private QueueConfigs() {}

    /** All fields that settings may have, so that those which are not set any more can go. */
    static final List<String> FIELDS = List.of(
            "maxDepth",
            "maxBytes",
            "concurrency",
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
            "dedupe");

    static Map<String, String> write(QueueConfig config) {
        Map<String, String> fields = new HashMap<>();
        put(fields, "maxDepth", config.maxDepth());
        put(fields, "maxBytes", config.maxBytes());
        put(fields, "concurrency", config.concurrency());
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
        Retention retention = config.retention() == null ? Retention.DEFAULT : config.retention();
        put(fields, "age", retention.age());
        put(fields, "count", retention.count());
        put(fields, "bytes", retention.bytes());
        put(fields, "deadAge", retention.deadAge());
        put(fields, "dedupe", retention.dedupe());
        return fields;
    }

    static QueueConfig read(Response hash) {
        Map<String, String> fields = Hashes.strings(hash);
        Retention usual = Retention.DEFAULT;
        return new QueueConfig(
                get(fields, "maxDepth", Long::valueOf, null),
                get(fields, "maxBytes", Long::valueOf, null),
                get(fields, "concurrency", Long::valueOf, null),
                new TaskOptions(
                        get(fields, "priority", Integer::valueOf, null),
                        get(fields, "delay", Duration::parse, null),
                        get(fields, "ttl", Duration::parse, null),
                        get(fields, "timeout", Duration::parse, null),
                        get(fields, "maxAttempts", Integer::valueOf, null),
                        get(fields, "backoff", QueueConfigs::backoff, null),
                        get(fields, "ownRetention", Duration::parse, null)),
                new Retention(
                        get(fields, "age", Duration::parse, usual.age()),
                        get(fields, "count", Long::valueOf, usual.count()),
                        get(fields, "bytes", Long::valueOf, usual.bytes()),
                        get(fields, "deadAge", Duration::parse, usual.deadAge()),
                        get(fields, "dedupe", Duration::parse, usual.dedupe())));
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
