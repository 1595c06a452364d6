package dev.millrace.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs instant tasks where they were leased, one after another: no hop between threads, one settlement for many. */
final class InlineCrew implements Crew {
    /** A handler that is not so instant after all does not hold back the ends of those before it. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(2);

    private final Attempts attempts;
    private final Settler settler;

    InlineCrew(Attempts attempts, Settler settler) {
        this.attempts = attempts;
        this.settler = settler;
    }

    @Override
    public int room(int queues) {
        return settler.room();
    }

    @Override
    public void run(List<Run> runs) {
        List<Run> ended = new ArrayList<>(runs.size());
        long deliverAt = System.nanoTime() + PATIENCE;
        for (Run run : runs) {
            if (attempts.runHere(run)) {
                ended.add(run);
            }
            if (System.nanoTime() > deliverAt) {
                settler.addAll(ended);
                ended.clear();
                deliverAt = System.nanoTime() + PATIENCE;
            }
        }
        if (!ended.isEmpty()) {
            settler.addAll(ended);
        }
    }

    @Override
    public void stop() {
        // The thread is the fetcher's.
    }
}
