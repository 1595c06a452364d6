package dev.millrace.api;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskOptions;
import java.time.Duration;

/** Reads a change of a queue's configuration (RFC 7396): what is named changes, null goes back to the default. */
final class QueueConfigReader {
    private static final long MAX_COUNT = 1_000_000_000;
    private static final long MAX_BYTES = 1L << 40;
    private static final Duration LONGEST = OptionsReader.LONGEST;

    private Long maxDepth;
    private Long maxBytes;
    private Long concurrency;
    private TaskOptions defaults;
    private Retention retention;

    private QueueConfigReader(QueueConfig config) {
        maxDepth = config.maxDepth();
        maxBytes = config.maxBytes();
        concurrency = config.concurrency();
        defaults = config.defaults();
        retention = config.retention();
    }

    /** The configuration after the change. */
    static QueueConfig read(JsonInput in, QueueConfig before) {
        QueueConfigReader reader = new QueueConfigReader(before);
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                reader.take(name, in);
            }
        }
        return new QueueConfig(reader.maxDepth, reader.maxBytes, reader.concurrency, reader.defaults, reader.retention);
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "maxDepth" -> maxDepth = Values.whole(in, 1, MAX_COUNT);
            case "maxBytes" -> maxBytes = Values.whole(in, 1, MAX_BYTES);
            case "concurrency" -> concurrency = Values.whole(in, 1, QueueConfig.MOST_AT_ONCE);
            case "defaults" -> defaults = in.isNull() ? TaskOptions.NONE : defaults(in);
            case "retention" -> retention = in.isNull() ? Retention.DEFAULT : retention(in);
            default -> in.unknown();
        }
    }

    private TaskOptions defaults(JsonInput in) {
        OptionsReader options = OptionsReader.from(defaults);
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                if (!options.take(name, in)) {
                    in.unknown();
                }
            }
        }
        return options.options();
    }

    private Retention retention(JsonInput in) {
        Duration age = retention.age();
        Long count = retention.count();
        Long bytes = retention.bytes();
        Duration deadAge = retention.deadAge();
        Duration dedupe = retention.dedupe();
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "age" -> age = Values.duration(in, Duration.ZERO, LONGEST);
                    case "count" -> count = Values.whole(in, 0, MAX_COUNT);
                    case "bytes" -> bytes = Values.whole(in, 0, MAX_BYTES);
                    case "deadAge" -> deadAge = Values.duration(in, Duration.ZERO, LONGEST);
                    case "dedupe" -> dedupe = Values.duration(in, Duration.ZERO, LONGEST);
                    default -> in.unknown();
                }
            }
        }
        Retention usual = Retention.DEFAULT;
        return new Retention(
                or(age, usual.age()),
                or(count, usual.count()),
                or(bytes, usual.bytes()),
                or(deadAge, usual.deadAge()),
                or(dedupe, usual.dedupe()));
    }

    private static <T> T or(T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
