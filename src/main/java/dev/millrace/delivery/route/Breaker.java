package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.BreakerPolicy;
import java.util.Locale;

/**
 * Keeps tasks from where they are known to fail. Closed: all may pass. Open: none. Half-open: a few probes; when all of
 * them went well it closes, when one fails it opens again. It can be asked how many may pass without one passing, which
 * is what a lease needs to know. Not to be shared between threads; time is {@link System#nanoTime}'s.
 */
final class Breaker {
    private static final int FULL_AFTER_STEPS = 14;

    private final BreakerPolicy policy;
    private final Tally tally;
    private State state = State.CLOSED;
    private long since;
    private int probing;
    private int passed;
    private long opened;
    private int inARow;
    private boolean everOpened;

    /** As it is told. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Breaker(BreakerPolicy policy) {
        this.policy = policy;
        this.tally = new Tally(policy.window());
    }

    State state(long now) {
        if (state == State.OPEN && now - since >= policy.open().toNanos()) {
            state = State.HALF_OPEN;
            since = now;
            probing = 0;
            passed = 0;
        }
        return state;
    }

    /** How many more may pass now beside those that are under way; after it closed more with every second. */
    int room(long now, int underWay) {
        return switch (state(now)) {
            case OPEN -> 0;
            case HALF_OPEN -> Math.max(0, policy.probes() - passed - probing);
            case CLOSED -> Math.max(0, ramp(now) - underWay);
        };
    }

    /** Closed, and with room. */
    boolean passes(long now, int underWay) {
        return state(now) == State.CLOSED && ramp(now) > underWay;
    }

    /** Twice as many each second after it closed, beginning with the number of probes. */
    private int ramp(long now) {
        long seconds = (now - since) / 1_000_000_000L;
        return !everOpened || seconds >= FULL_AFTER_STEPS ? Integer.MAX_VALUE : policy.probes() << seconds;
    }

    /** One passes; what came of it is told once, with the answer given here. */
    boolean begin(long now) {
        boolean probe = state(now) == State.HALF_OPEN;
        probing += probe ? 1 : 0;
        return probe;
    }

    /** It ended in a way that says nothing, or never began. */
    void forget(boolean probe) {
        probing -= probe && state == State.HALF_OPEN && probing > 0 ? 1 : 0;
    }

    void succeeded(boolean probe, long now) {
        forget(probe);
        if (state(now) == State.HALF_OPEN) {
            passed += probe ? 1 : 0;
            if (passed >= policy.probes()) {
                close(now);
            }
        } else if (state == State.CLOSED) {
            tally.add(true, now);
            inARow = 0;
        }
    }

    void failed(boolean probe, long now) {
        forget(probe);
        if (state(now) == State.HALF_OPEN) {
            if (probe) {
                open(now);
            }
        } else if (state == State.CLOSED) {
            tally.add(false, now);
            inARow++;
            long failures = tally.failures(now);
            boolean most = failures >= tally.successes(now) || inARow >= policy.failures();
            if (failures >= policy.failures() && most) {
                open(now);
            }
        }
    }

    private void open(long now) {
        state = State.OPEN;
        since = now;
        opened++;
        everOpened = true;
        tally.clear();
        inARow = 0;
    }

    private void close(long now) {
        state = State.CLOSED;
        since = now;
        tally.clear();
        inARow = 0;
    }

    /** How often it opened. */
    long opened() {
        return opened;
    }
}
