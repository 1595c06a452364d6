package dev.millrace.api;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskOptions;

/** Reads a change of a queue's configuration (RFC 7396): what is named changes, null goes back to the default. */
final class QueueConfigReader {
    static final long MAX_COUNT = 1_000_000_000;
    static final long MAX_BYTES = 1L << 40;

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
            case "retention" -> retention = in.isNull() ? Retention.DEFAULT : RetentionReader.read(in, retention);
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
}
