package dev.millrace.api;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.RetentionConfig;
import dev.millrace.queue.TaskOptions;
import java.time.Duration;

/** Reads a change of a queue's configuration (RFC 7396): what is named changes, null goes back to the default. */
final class QueueConfigReader {
    static final long MAX_COUNT = RetentionConfig.MOST_TASKS;
    static final long MAX_BYTES = RetentionConfig.MOST_BYTES;

    private Long maxDepth;
    private Long maxBytes;
    private Long concurrency;
    private RateLimit rate;
    private TaskOptions defaults;
    private Retention retention;

    private QueueConfigReader(QueueConfig config) {
        maxDepth = config.maxDepth();
        maxBytes = config.maxBytes();
        concurrency = config.concurrency();
        rate = config.rate();
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
        return new QueueConfig(
                reader.maxDepth, reader.maxBytes, reader.concurrency, reader.rate, reader.defaults, reader.retention);
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "maxDepth" -> maxDepth = Values.whole(in, 1, MAX_COUNT);
            case "maxBytes" -> maxBytes = Values.whole(in, 1, MAX_BYTES);
            case "concurrency" -> concurrency = Values.whole(in, 1, QueueConfig.MOST_AT_ONCE);
            case "rateLimit" -> rate = in.isNull() ? null : rate(in);
            case "defaults" -> defaults = in.isNull() ? TaskOptions.NONE : defaults(in);
            case "retention" -> retention = in.isNull() ? Retention.NONE : RetentionReader.read(in, retention);
            default -> in.unknown();
        }
    }

    private RateLimit rate(JsonInput in) {
        Long limit = rate == null ? null : Long.valueOf(rate.limit());
        Duration per = rate == null ? null : rate.per();
        Long burst = rate == null ? null : rate.burst();
        String pointer = in.pointer();
        boolean named = limit != null;
        if (!in.startsObject()) {
            return rate;
        }
        for (String name = in.member(); name != null; name = in.member()) {
            named = name.equals("limit") ? !in.isNull() : named;
            switch (name) {
                case "limit" -> limit = Values.whole(in, 1, RateLimit.MOST);
                case "per" -> per = Values.duration(in, RateLimit.SHORTEST, RateLimit.LONGEST);
                case "burst" -> burst = Values.whole(in, 1, RateLimit.MOST);
                default -> in.unknown();
            }
        }
        if (!named) {
            in.faults().add(pointer + "/limit", "must be there");
        }
        return limit == null ? null : new RateLimit(limit, per == null ? Duration.ofSeconds(1) : per, burst);
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
