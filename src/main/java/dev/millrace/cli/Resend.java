package dev.millrace.cli;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends a request that may be repeated until its answer says something: a server that is restarted, or a store that is
 * away for a while, does not end a long push. Every repeat carries the key of the first, so nothing is accepted twice.
 */
final class Resend {
    private static final Set<String> PASSING = Set.of("STORE_FULL", "STORE_UNAVAILABLE", "IDEMPOTENCY_IN_PROGRESS");
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final Duration patience;
    private final Runnable onTrouble;
    private boolean met;
    private boolean inDoubt;

    /**
     * @param patience how long to try, counted anew for each request
     * @param onTrouble told once per request that has to be repeated
     */
    Resend(Duration patience, Runnable onTrouble) {
        this.patience = patience;
        this.onTrouble = onTrouble;
    }

    /** Tries for a minute, and says so. */
    static Resend of(Terminal terminal) {
        return of(Duration.ofMinutes(1), terminal);
    }

    static Resend of(Duration patience, Terminal terminal) {
        return new Resend(patience, () -> {
            terminal.err()
                    .println("millrace: the server does not answer, or has no room; trying again for up to "
                            + Ages.words(patience));
            terminal.err().flush();
        });
    }

    /**
     * @throws Unreachable at once when no connection ever came about, else when the patience is over
     */
    Answer send(Supplier<Answer> request) {
        return send(request, answer -> true);
    }

    /**
     * @param enough whether an answer that got through leaves nothing to be tried again
     * @throws Unreachable at once when no connection ever came about, else when the patience is over
     */
    Answer send(Supplier<Answer> request, Predicate<Answer> enough) {
        long start = System.nanoTime();
        Duration pause = Duration.ZERO;
        inDoubt = false;
        while (true) {
            boolean over = System.nanoTime() - start > patience.toNanos();
            try {
                Answer answer = request.get();
                if (says(answer, enough) || over) {
                    return answer;
                }
            } catch (Unreachable e) {
                inDoubt |= !e.beforeSending();
                met |= inDoubt;
                boolean nobodyThere = !met;
                if (over || nobodyThere || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            if (pause.isZero()) {
                onTrouble.run();
            }
            pause = longer(pause);
            Pause.of(pause);
        }
    }

    /** There is nothing in it that passes. */
    private boolean says(Answer answer, Predicate<Answer> enough) {
        met = true;
        boolean passes = passing(answer.code());
        inDoubt |= answer.ok() || passes || answer.status() >= 500;
        boolean all = enough.test(answer) && !passes;
        inDoubt &= !all || !answer.ok();
        return all;
    }

    /** Whether what was sent last may have been done, as far as answers say. */
    boolean inDoubt() {
        return inDoubt;
    }

    /** What has this code is worth another try. */
    static boolean passing(String code) {
        return PASSING.contains(code);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.isZero() ? PAUSE : pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
