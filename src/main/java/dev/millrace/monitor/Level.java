package dev.millrace.monitor;

import dev.millrace.queue.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;

/**
 * How a queue stood in a minute, or all queues together.
 *
 * @param at start of the minute
 * @param live tasks that did not end, when it was looked at last
 * @param oldest the longest that a ready task was seen to have waited, in whole milliseconds; zero when none waited
 */
public record Level(Instant at, long live, Duration oldest) {
    static Level nothing(Instant at) {
        return new Level(at, 0, Duration.ZERO);
    }

    static Level of(QueueSnapshot queue, Instant at, Instant now) {
        Instant since = queue.oldestReadyAt();
        Duration age = since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
        return new Level(at, queue.live(), Duration.ofMillis(age.toMillis()));
    }

    /** What stands in another queue as well. A paused one has its reason to wait, so that its age does not count. */
    Level and(Level other, boolean paused) {
        return new Level(at, live + other.live, paused ? oldest : longer(other.oldest));
    }

    /** Of both as one stretch of time: how it stood in the end, and the longest that a task had waited. */
    public Level then(Level later) {
        return new Level(later.at, later.live, longer(later.oldest));
    }

    /** As it is now, after it was otherwise earlier in the same minute. */
    Level after(Level earlier) {
        return earlier == null || !earlier.at.equals(at) ? this : earlier.then(this);
    }

    boolean isNothing() {
        return live == 0 && oldest.isZero();
    }

    private Duration longer(Duration other) {
        return oldest.compareTo(other) > 0 ? oldest : other;
    }
}
