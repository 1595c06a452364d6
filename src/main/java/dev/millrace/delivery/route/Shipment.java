package dev.millrace.delivery.route;

import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.PushRequest;
import dev.millrace.delivery.push.Pusher;
import dev.millrace.delivery.push.Ruling;
import dev.millrace.delivery.push.Rulings;
import dev.millrace.queue.Lease;
import dev.millrace.task.Outcome;
import dev.millrace.worker.Delivery;
import dev.millrace.worker.Receipt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One task on its way: to a backend, and to the next one while nothing was sent. */
final class Shipment {
    private static final String UNREACHED = "No backend of the destination could be reached.";

    private final Parcel parcel;
    private final Route route;
    private final Pusher pusher;
    private final InstantSource clock;
    private final boolean probe;
    private boolean departed;
    private long deadline;
    private Letter letter;
    private final Set<String> tried = new HashSet<>(4);
    private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

    /**
     * What is sent.
     *
     * @param writer makes the letter when it is about to go
     * @param patience for all of it
     */
    record Parcel(Lease lease, Function<Lease, Letter> writer, Duration patience, Receipt receipt) {}

    Shipment(Parcel parcel, Route route, Pusher pusher, InstantSource clock) {
        this.parcel = parcel;
        this.route = route;
        this.pusher = pusher;
        this.clock = clock;
        this.probe = route.enter(System.nanoTime());
    }

    CompletableFuture<Delivery> delivery() {
        return delivery;
    }

    /** Ended from outside while it waited for its turn. */
    boolean isOver() {
        return parcel.receipt().isOver();
    }

    /** It goes back without having begun. */
    void turnBack(String reason) {
        end(new Delivery.Ended(Outcome.released(null, reason)), null);
    }

    /** It departed; on an event loop. */
    void begin() {
        departed = true;
        deadline = System.nanoTime() + parcel.patience().toNanos();
        try {
            letter = parcel.writer().apply(parcel.lease());
            next();
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void next() {
        long now = System.nanoTime();
        Optional<Route.Ticket> picked = deadline - now <= 0
                ? Optional.empty()
                : route.pick(parcel.lease().task(), tried, now);
        if (picked.isEmpty()) {
            Boolean well = tried.isEmpty() ? null : Boolean.FALSE;
            end(
                    new Delivery.Ended(
                            Outcome.released(route.destination().breaker().open(), UNREACHED)),
                    well);
            return;
        }
        Route.Ticket ticket = picked.get();
        tried.add(ticket.backend().id());
        PushRequest request = new PushRequest(
                ticket.backend().target(),
                "POST",
                letter.headers(),
                letter.body(),
                PushRequest.Patience.within(Duration.ofNanos(deadline - now)),
                route.destination().wire().tls());
        pusher.push(request).whenComplete((answer, failure) -> answered(ticket, answer, failure));
    }

    private void answered(Route.Ticket ticket, PushAnswer answer, Throwable failure) {
        try {
            if (failure != null) {
                route.ended(ticket, null, false, System.nanoTime());
                throw new IllegalStateException(failure);
            }
            Boolean well = Health.of(answer);
            route.ended(ticket, well, answer instanceof PushAnswer.Answered, System.nanoTime());
            Ruling ruling = Rulings.of(answer, clock.instant());
            Notes.of(ticket.backend().id(), answer, ruling, clock.instant()).ifPresent(trouble -> {
                route.note(trouble);
                Notes.lines(trouble, answer).forEach(parcel.receipt()::log);
            });
            rule(ticket, ruling, well);
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void breakOff(RuntimeException cause) {
        leave(null);
        delivery.completeExceptionally(cause);
    }

    private void rule(Route.Ticket ticket, Ruling ruling, Boolean well) {
        switch (ruling) {
            case Ruling.Ended ended -> end(new Delivery.Ended(ended.outcome()), well);
            case Ruling.Later later -> end(new Delivery.Later(), well);
            case Ruling.Wait wait -> {
                route.pause(ticket.backend(), wait.pause(), System.nanoTime());
                end(new Delivery.Ended(wait.outcome()), null);
            }
            case Ruling.Elsewhere elsewhere -> next();
        }
    }

    private void end(Delivery what, Boolean well) {
        leave(well);
        delivery.complete(what);
    }

    private void leave(Boolean well) {
        long now = System.nanoTime();
        if (departed) {
            route.arrive(now);
        }
        route.leave(probe, well, now);
    }
}
