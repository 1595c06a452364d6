package dev.millrace.storage.record;

import static dev.millrace.testing.TaskBuilder.aTask;

import dev.millrace.task.Backoff;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.Unique;
import dev.millrace.testing.TaskBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Tasks with anything in them that may be in one, the same for the same seed. */
final class RandomTasks {
    private static final long YEAR_2100 = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private final SplittableRandom random;

    RandomTasks(long seed) {
        random = new SplittableRandom(seed);
    }

    NewTask next() {
        TaskBuilder task = aTask("t" + text(127)).withPayload(payload()).withPriority(random.nextInt(10));
        maybe(() -> task.named(id()));
        maybe(() -> task.forDestination(text(64)));
        maybe(() -> task.withKey(text(64)));
        maybe(() -> task.dueAt(instant()));
        maybe(() -> task.expiringAt(instant()));
        maybe(() -> task.withTimeout(duration()));
        maybe(() -> task.keptFor(duration()));
        maybe(() -> task.retrying(1 + random.nextInt(100), backoff()));
        maybe(() -> task.unique(text(255) + "k", random.nextBoolean() ? duration() : null, any(Unique.Mode.values())));
        maybe(() -> marks(task));
        maybe(() -> task.from(text(64)));
        maybe(() -> task.traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        maybe(() -> task.traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", text(512)));
        maybe(task::awaited);
        return task.withFingerprint(random.nextLong()).build(instant());
    }

    private void marks(TaskBuilder task) {
        for (int n = random.nextInt(17); n > 0; n--) {
            task.tagged(text(64));
            task.labelled(text(64), text(64));
        }
    }

    private Payload payload() {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(300)];
        random.nextBytes(bytes);
        return new Payload(bytes);
    }

    private Backoff backoff() {
        return new Backoff(
                any(Backoff.Kind.values()),
                duration(),
                1 + random.nextDouble() * 9,
                duration(),
                any(Backoff.Jitter.values()));
    }

    private String id() {
        StringBuilder id = new StringBuilder("i");
        for (int n = random.nextInt(64); n > 0; n--) {
            id.append("abcXYZ019_-".charAt(random.nextInt(11)));
        }
        return id.toString();
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(length + 1); n > 0; n--) {
            text.append((char) (random.nextInt(4) == 0 ? 0x20 + random.nextInt(0x3000) : 'a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(YEAR_2100));
    }

    private Duration duration() {
        return Duration.ofMillis(1 + random.nextLong(random.nextBoolean() ? 1_000 : 4_000_000_000L));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private void maybe(Runnable step) {
        if (random.nextBoolean()) {
            step.run();
        }
    }
}
