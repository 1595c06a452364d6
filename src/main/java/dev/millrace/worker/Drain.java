package dev.millrace.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks until there are none: the one loop behind {@code POST /drain} and the exit of an idle process.
 *
 * <p>That there are none is concluded only after a whole look at every queue has brought nothing, with nothing left in
 * this worker's hands. So whatever was durable before that look is run, and whoever submits later wakes the worker again.
 */
final class Drain {
    /** No wait rests on a bell alone. */
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(250);

    private final Slices slices;
    private final Poller poller;
    private final List<Inbox> inboxes;
    private final Held held;
    private final Runnable onBegin;

    /**
     * @param onBegin called before anything is leased for a drain
     */
    Drain(Slices slices, Poller poller, List<Inbox> inboxes, Held held, Runnable onBegin) {
        this.slices = slices;
        this.poller = poller;
        this.inboxes = inboxes;
        this.held = held;
        this.onBegin = onBegin;
    }

    /** Blocks; any number may be under way at once, and share the work. */
    Drained run(DrainCall call) {
        long start = System.nanoTime();
        onBegin.run();
        Slice slice = slices.open(call.max(), call.longest());
        try {
            boolean none = leaseUntilNone(slice, call, start);
            slice.close();
            awaitNoneHeld(slice, start + call.whole().toNanos());
            return new Drained(slice.done(), !none && (held.size() > 0 || poller.lookAtAll()));
        } finally {
            slices.close(slice);
        }
    }

    /** True when there was none left; false when the slice was over. */
    private boolean leaseUntilNone(Slice slice, DrainCall call, long start) {
        long end = start + call.slice().toNanos();
        long idle = call.idle().toNanos();
        long idleSince = start;
        long seen = slices.leased();
        while (slice.isOpen() && end - System.nanoTime() > 0) {
            long lookedAt = System.nanoTime();
            poller.lookAtAll();
            awaitRest(slice, end);
            if (slices.leased() != seen) {
                seen = slices.leased();
                idleSince = System.nanoTime();
            } else if (atRest() && lookedAt - idleSince >= idle) {
                return true;
            } else {
                slice.bell().await(Math.clamp(idleSince + idle - System.nanoTime(), 1, LONGEST_WAIT));
            }
        }
        return false;
    }

    private void awaitRest(Slice slice, long end) {
        while (slice.isOpen() && !atRest() && end - System.nanoTime() > 0) {
            slice.bell().await(Math.clamp(end - System.nanoTime(), 1, LONGEST_WAIT));
        }
    }

    private void awaitNoneHeld(Slice slice, long end) {
        while (anyHeld() && end - System.nanoTime() > 0) {
            slice.bell().await(Math.clamp(end - System.nanoTime(), 1, LONGEST_WAIT));
        }
    }

    /** What has just been leased is nowhere but in its fetcher's hand. */
    private boolean anyHeld() {
        return inboxes.stream().anyMatch(Inbox::isInHand) || held.size() > 0;
    }

    /** Every queue that was named has been leased from, and all that was leased has ended. */
    private boolean atRest() {
        return inboxes.stream().allMatch(Inbox::atRest) && held.size() == 0;
    }
}
