package dev.millrace.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. */
public final class Until {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Semaphore NEVER = new Semaphore(0);

    private Until() {}

    /** Asks again until the answer is yes. */
    public static void holds(String what, BooleanSupplier question) {
        answered(what, () -> question.getAsBoolean() ? true : null);
    }

    /**
     * The same.
     *
     * @param what asked at the end of the wait, if it was in vain
     */
    static void holds(Supplier<String> what, BooleanSupplier question) {
        answered(what, () -> question.getAsBoolean() ? true : null);
    }

    /** Asks again until there is an answer. */
    static <T> T answered(Supplier<T> question) {
        return answered("an answer", question);
    }

    static <T> T answered(String what, Supplier<T> question) {
        return answered(() -> what, question);
    }

    private static <T> T answered(Supplier<String> what, Supplier<T> question) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONG.toNanos()) {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            pause(50);
        }
        throw new AssertionError("Waited " + LONG + " in vain for " + what.get());
    }

    /** The time that a fault lasts. */
    static void pause(long millis) {
        try {
            NEVER.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
