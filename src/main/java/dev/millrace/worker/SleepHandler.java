package dev.millrace.worker;

import dev.millrace.task.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Takes as long as it is told, up to an hour. */
@Singleton
@Handles("sleep")
class SleepHandler implements TaskHandler<SleepHandler.Nap> {
    static final Duration LONGEST = Duration.ofHours(1);

    /**
     * @param duration ISO-8601
     */
    @RegisterForReflection
    record Nap(String duration) {}

    @Override
    public Outcome run(Nap nap, TaskContext context) throws InterruptedException {
        Duration duration;
        try {
            duration = Duration.parse(nap == null || nap.duration() == null ? "" : nap.duration());
        } catch (DateTimeParseException e) {
            return Outcome.failedForGood("InvalidPayload", "duration must be an ISO-8601 duration such as PT1S");
        }
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            return Outcome.failedForGood("InvalidPayload", "duration must be PT0S to " + LONGEST);
        }
        Thread.sleep(duration);
        return Outcome.succeeded();
    }
}
