package dev.millrace.storage;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
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
    /** What failed and was not called again since is not waited for any longer. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Set<String> failing = new HashSet<>();
    private volatile boolean away;
    private long since;
    private long lastFailure;

    synchronized void failed(String operation, String why) {
        lastFailure = System.nanoTime();
        failing.add(operation);
        if (!away) {
            away = true;
            since = lastFailure;
            LOG.warnf("The store does not answer, and is tried again: %s", why);
        }
    }

    void answered(String operation) {
        if (away) {
            lookWhetherItIsBack(operation);
        }
    }

    private synchronized void lookWhetherItIsBack(String operation) {
        failing.remove(operation);
        long now = System.nanoTime();
        long quiet = now - lastFailure;
        if (away && quiet >= (failing.isEmpty() ? STEADY_NANOS : FORGOTTEN_NANOS)) {
            away = false;
            failing.clear();
            LOG.infof("The store answers again, after %s", Duration.ofNanos(now - since));
        }
    }
}
