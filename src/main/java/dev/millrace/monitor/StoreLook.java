package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the store answers and is set up well. */
@Singleton
class StoreLook implements Check {
    /** The smallest question takes well under 10 ms of a store that is well. */
    private static final Duration SLOW = Duration.ofMillis(250);

    /** A collection of garbage or one long write makes a single answer late. */
    private static final int QUESTIONS = 3;

    private final StoreCheck store;
    private final Health health;

    StoreLook(StoreCheck store, Health health) {
        this.store = store;
        this.health = health;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (HealthReport.Component part : health.report().components()) {
            if (!part.status().equals(HealthReport.UP)) {
                findings.add(part.name().equals("store") ? away(part) : breaker(part));
            } else if (part.responseTime().compareTo(SLOW) > 0 && staysSlow()) {
                findings.add(slow(part));
            }
        }
        for (StoreCheck.Finding found : store.findings()) {
            findings.add(finding(found.fatal() ? Severity.ERROR : Severity.WARNING, found.code(), found.sentence()));
        }
        return findings;
    }

    private boolean staysSlow() {
        try {
            for (int question = 1; question < QUESTIONS; question++) {
                long start = System.nanoTime();
                store.ping();
                if (System.nanoTime() - start <= SLOW.toNanos()) {
                    return false;
                }
            }
        } catch (MillraceException e) {
            // No answer at all is no better than a late one.
        }
        return true;
    }

    private static Finding slow(HealthReport.Component store) {
        return finding(
                Severity.WARNING,
                "store-slow",
                "The store took " + store.responseTime().toMillis()
                        + " ms for the smallest question, and took more than " + SLOW.toMillis()
                        + " ms each time it was asked again. See what else its machine or disk does, and the network between.");
    }

    private static Finding away(HealthReport.Component store) {
        return finding(
                Severity.ERROR,
                "store-away",
                "The store does not answer (" + store.detail()
                        + "). See whether it runs, and whether this machine reaches it.");
    }

    private static Finding breaker(HealthReport.Component breaker) {
        return finding(
                Severity.WARNING,
                "store-breaker-" + breaker.detail(),
                "Calls of the store failed, and are held back for some seconds (breaker " + breaker.detail()
                        + "). It closes by itself once the store answers; the log says what failed.");
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "store", code, sentence);
    }
}
