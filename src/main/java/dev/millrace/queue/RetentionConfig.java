package dev.millrace.queue;

import dev.millrace.queue.QueueConfig.Retention;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How long ended tasks are kept by queues that say nothing of it themselves. The same on every node. */
@ConfigMapping(prefix = "millrace.retention")
public interface RetentionConfig {
    /** The longest age. */
    Duration LONGEST = Duration.ofDays(3650);

    /** The largest number of tasks. */
    long MOST_TASKS = 1_000_000_000;

    /** The largest number of bytes: 1 TiB. */
    long MOST_BYTES = 1L << 40;

    /** Of tasks that succeeded. */
    Bounds succeeded();

    /** Of tasks that were given up. */
    Dead dead();

    /** Of tasks that were cancelled. */
    Bounds cancelled();

    /** Of tasks whose time to live ran out. */
    Bounds expired();

    /** How long ids and idempotency keys stay known after the end: PT0S to P3650D. */
    @WithDefault("PT24H")
    Duration dedupe();

    /** Of one state, until the first of the three. */
    interface Bounds {
        /** Since the end: PT0S to P3650D. */
        @WithDefault("PT24H")
        Duration age();

        /** Tasks of a queue: 0 to 1,000,000,000. */
        @WithDefault("100000")
        long count();

        /** Of a queue's tasks together: 0 to 1 TiB. */
        @WithDefault("256M")
        MemorySize bytes();
    }

    /** Of dead tasks: by age alone, unless said otherwise. */
    interface Dead {
        /** Since the end: PT0S to P3650D. */
        @WithDefault("P30D")
        Duration age();

        /** Tasks of a queue: 0 to 1,000,000,000. */
        OptionalLong count();

        /** Of a queue's tasks together: 0 to 1 TiB. */
        Optional<MemorySize> bytes();
    }

    /**
     * Checked.
     *
     * @throws IllegalArgumentException with a sentence for people when a bound is out of its range
     */
    default Retention usual() {
        Long count = dead().count().isPresent() ? Long.valueOf(dead().count().getAsLong()) : null;
        BigInteger bytes = dead().bytes().map(MemorySize::asBigInteger).orElse(null);
        return new Retention(
                kept("succeeded", succeeded()),
                kept("dead", dead().age(), count, bytes),
                kept("cancelled", cancelled()),
                kept("expired", expired()),
                age("dedupe", dedupe()));
    }

    private static Kept kept(String state, Bounds bounds) {
        return kept(state, bounds.age(), bounds.count(), bounds.bytes().asBigInteger());
    }

    private static Kept kept(String state, Duration age, Long count, BigInteger bytes) {
        Long size = bytes == null
                ? null
                : Long.valueOf(bytes.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
        check(state + ".count", count, MOST_TASKS);
        check(state + ".bytes", size, MOST_BYTES);
        return new Kept(age(state + ".age", age), count, size);
    }

    private static Duration age(String name, Duration age) {
        if (age.isNegative() || age.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("millrace.retention." + name + " must be PT0S to P3650D, and is " + age);
        }
        return age;
    }

    private static void check(String name, Long bound, long most) {
        if (bound != null && (bound < 0 || bound > most)) {
            throw new IllegalArgumentException(
                    "millrace.retention." + name + " must be 0 to " + most + ", and is " + bound);
        }
    }
}
