package dev.millrace.storage;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Says once that the store went away and once that it is back, for all who call it: they say nothing of their own. It is
 * back once everything that failed was answered, so that one that answers some calls and not others is said to be away.
 */
@Singleton
class StoreOutage {
    private static final Logger LOG = Logger.getLogger("millrace.store");
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What failed as others did and was not called again since is not waited for any longer. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** What failed alone, while others were answered, is likely to fail again, however seldom it is called. */
    private static final long ALONE_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final Set<String> failing = new HashSet<>();
    private final Set<String> failingAlone = new HashSet<>();
    private final Set<String> failedSinceAnswer = new HashSet<>();
    private volatile boolean away;
    private long since;
    private long lastFailure;
    private long answeredAgain;

    /**
     * @param operation one of a few fixed names
     */
    void failed(String operation, String why) {
        if (failed(operation, System.nanoTime())) {
            LOG.warnf("The store does not answer, and is tried again: %s", why);
        }
    }

    void answered(String operation) {
        if (away) {
            answered(operation, System.nanoTime())
                    .ifPresent(length -> LOG.infof("The store answers again, after %s", length));
        }
    }

    /** True when an outage begins so. */
    synchronized boolean failed(String operation, long now) {
        lastFailure = now;
        failing.add(operation);
        failedSinceAnswer.add(operation);
        if (away) {
            return false;
        }
        away = true;
        since = now;
        return true;
    }

    /** How long the outage took that is over so: until the first answer after the last failure. */
    synchronized Optional<Duration> answered(String operation, long now) {
        if (!away) {
            return Optional.empty();
        }
        if (!failedSinceAnswer.isEmpty()) {
            noteFirstAnswer(now);
        }
        failing.remove(operation);
        failingAlone.remove(operation);
        if (now - lastFailure < quiet()) {
            return Optional.empty();
        }
        away = false;
        failing.clear();
        failingAlone.clear();
        return Optional.of(Duration.ofNanos(answeredAgain - since));
    }

    private void noteFirstAnswer(long now) {
        answeredAgain = now;
        if (failedSinceAnswer.size() == 1) {
            failingAlone.addAll(failedSinceAnswer);
        }
        failedSinceAnswer.clear();
    }

    /** Nanoseconds without a failure after which the store is back. */
    private long quiet() {
        if (!failingAlone.isEmpty()) {
            return ALONE_NANOS;
        }
        return failing.isEmpty() ? STEADY_NANOS : FORGOTTEN_NANOS;
    }
}
