package dev.millrace.api;

import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.Backoff;
import java.time.Duration;

/** Reads those members of a submission that have defaults; also the defaults themselves. */
final class OptionsReader {
    static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_FACTOR = 10;

    private Integer priority;
    private Duration delay;
    private Duration ttl;
    private Duration timeout;
    private Integer maxAttempts;
    private Backoff backoff;
    private Duration retention;

    /** What a change starts from. */
    static OptionsReader from(TaskOptions options) {
        OptionsReader reader = new OptionsReader();
        reader.priority = options.priority();
        reader.delay = options.delay();
        reader.ttl = options.ttl();
        reader.timeout = options.timeout();
        reader.maxAttempts = options.maxAttempts();
        reader.backoff = options.backoff();
        reader.retention = options.retention();
        return reader;
    }

    /** Takes the current value for a member of this name; false when there is no such member. */
    boolean take(String name, JsonInput in) {
        switch (name) {
            case "priority" -> priority = Values.integer(in, 0, 9);
            case "delay" -> delay = Values.duration(in, Duration.ZERO, LONGEST);
            case "ttl" -> ttl = Values.duration(in, SHORTEST, LONGEST);
            case "timeout" -> timeout = Values.duration(in, SHORTEST, LeaseRequest.LONGEST);
            case "maxAttempts" -> maxAttempts = Values.integer(in, 1, MAX_ATTEMPTS);
            case "backoff" -> backoff = backoff(in);
            case "retention" -> retention = Values.duration(in, SHORTEST, LONGEST);
            default -> {
                return false;
            }
        }
        return true;
    }

    TaskOptions options() {
        return new TaskOptions(priority, delay, ttl, timeout, maxAttempts, backoff, retention);
    }

    private static Backoff backoff(JsonInput in) {
        if (in.isNull() || !in.startsObject()) {
            return null;
        }
        String pointer = in.pointer();
        Backoff.Kind kind = null;
        Duration base = null;
        Double factor = null;
        Duration max = null;
        Backoff.Jitter jitter = null;
        for (String name = in.member(); name != null; name = in.member()) {
            switch (name) {
                case "kind" -> kind = Values.keyword(in, Backoff.Kind.class);
                case "base" -> base = Values.duration(in, SHORTEST, LONGEST);
                case "factor" -> factor = Values.number(in, 1, MAX_FACTOR);
                case "max" -> max = Values.duration(in, SHORTEST, LONGEST);
                case "jitter" -> jitter = Values.keyword(in, Backoff.Jitter.class);
                default -> in.unknown();
            }
        }
        return backoff(
                in,
                pointer,
                new Backoff(
                        or(kind, Backoff.DEFAULT.kind()),
                        base,
                        or(factor, Backoff.DEFAULT.factor()),
                        max,
                        or(jitter, Backoff.DEFAULT.jitter())));
    }

    /** With the bounds that were left out; a base alone over the usual maximum raises it. */
    private static Backoff backoff(JsonInput in, String pointer, Backoff given) {
        Duration base = given.base();
        if (base == null) {
            boolean low = given.max() != null && given.max().compareTo(Backoff.DEFAULT.base()) < 0;
            base = low ? given.max() : Backoff.DEFAULT.base();
        }
        Duration max = given.max();
        if (max == null) {
            max = base.compareTo(Backoff.DEFAULT.max()) > 0 ? base : Backoff.DEFAULT.max();
        }
        if (max.compareTo(base) < 0) {
            in.faults().add(pointer + "/max", "must not be shorter than base");
        }
        return new Backoff(given.kind(), base, given.factor(), max, given.jitter());
    }

    private static <T> T or(T given, T otherwise) {
        return given != null ? given : otherwise;
    }
}
