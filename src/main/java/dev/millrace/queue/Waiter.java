package dev.millrace.queue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One lease call under way. At most one clerk looks for it at a time; it ends once. */
final class Waiter implements PendingLease {
    private enum State {
        WAITING,
        BEING_SERVED,
        /** Its time ran out, or its client left, while it was being served. */
        LEAVING,
        ENDED
    }

    private final LeaseCall call;
    private final Consumer<List<Lease>> handBack;
    private final CompletableFuture<List<Lease>> leases = new CompletableFuture<>();
    private State state = State.WAITING;
    private boolean clientGone;
    private List<Lease> given = List.of();
    private boolean rung;

    Waiter(LeaseCall call, Consumer<List<Lease>> handBack) {
        this.call = call;
        this.handBack = handBack;
    }

    LeaseCall call() {
        return call;
    }

    LeaseRequest request(String queue, int max) {
        return new LeaseRequest(queue, max, call.lease(), call.worker(), call.lanes());
    }

    @Override
    public CompletionStage<List<Lease>> leases() {
        return leases;
    }

    @Override
    public void cancel() {
        List<Lease> lost;
        synchronized (this) {
            clientGone = true;
            lost = given;
            given = List.of();
        }
        // They were on their way when the client left: nobody else knows of them.
        if (!lost.isEmpty()) {
            handBack.accept(lost);
        }
        giveUp();
    }

    synchronized boolean ended() {
        return state == State.ENDED;
    }

    /** True when the caller may look for it now, and has to {@link #offer} or {@link #fail} afterwards. */
    synchronized boolean begin() {
        if (state != State.WAITING) {
            rung = true;
            return false;
        }
        rung = false;
        state = State.BEING_SERVED;
        return true;
    }

    /** True when someone else wanted to look for it while it was being served. */
    synchronized boolean rungMeanwhile() {
        return rung;
    }

    /** What was found; with nothing it waits on. True when it was of use. */
    boolean offer(List<Lease> found) {
        boolean gone;
        synchronized (this) {
            if (found.isEmpty() && state == State.BEING_SERVED) {
                state = State.WAITING;
                return false;
            }
            state = State.ENDED;
            gone = clientGone;
            given = gone ? List.of() : found;
        }
        if (gone && !found.isEmpty()) {
            handBack.accept(found);
        }
        leases.complete(gone ? List.of() : found);
        return !gone && !found.isEmpty();
    }

    void fail(Throwable cause) {
        synchronized (this) {
            state = State.ENDED;
        }
        leases.completeExceptionally(cause);
    }

    /** Ends it with nothing, now or when the clerk who looks for it comes back empty-handed. */
    void giveUp() {
        synchronized (this) {
            if (state != State.WAITING) {
                state = state == State.BEING_SERVED ? State.LEAVING : state;
                return;
            }
            state = State.ENDED;
        }
        leases.complete(List.of());
    }
}
