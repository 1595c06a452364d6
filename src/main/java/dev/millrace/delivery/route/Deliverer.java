package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.push.Pusher;
import dev.millrace.delivery.sign.SigningSecret;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseTokens;
import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import dev.millrace.worker.Courier;
import dev.millrace.worker.Delivery;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Pushes the tasks of destinations to their backends. */
@Singleton
class Deliverer implements Courier {
    /** Each may hold a payload and an answer in memory. */
    private static final int MOST_UNDER_WAY = 4096;

    /** By then it is known whether there is one after all; if not, the lane is left alone. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(1);

    private final Destinations destinations;
    private final Routes routes;
    private final Pusher pusher;
    private final LeaseTokens tokens;
    private final InstantSource clock;
    private final HealthChecks checks;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, SigningSecret> secrets = new ConcurrentHashMap<>();
    private volatile Runnable onRoom = () -> {};
    private long revision = -1;

    Deliverer(Destinations destinations, Routes routes, Pusher pusher, LeaseTokens tokens, InstantSource clock) {
        this.destinations = destinations;
        this.routes = routes;
        this.pusher = pusher;
        this.tokens = tokens;
        this.clock = clock;
        this.checks = new HealthChecks(pusher, routes);
    }

    @Override
    public Optional<Lanes> open() {
        return routes.lanes(Limits.USUAL_CONCURRENCY);
    }

    @Override
    public int room() {
        return MOST_UNDER_WAY - underWay.get();
    }

    @Override
    public void onRoom(Runnable listener) {
        onRoom = listener;
    }

    @Override
    public CompletionStage<Delivery> deliver(Lease lease, Consumer<String> log) {
        Task task = lease.task();
        Route own = routes.known(task.spec().destination());
        if (own == null) {
            return CompletableFuture.completedFuture(new Delivery.Ended(Outcome.released(
                    UNTIL_KNOWN, "There is no destination " + task.spec().destination())));
        }
        Route route = routes.open(own, System.nanoTime());
        Destination destination = route.destination();
        Letter letter = Letter.of(lease, tokens.encode(lease.token()), style(destination), clock.instant());
        Shipment.Parcel parcel = new Shipment.Parcel(lease, letter, patience(destination, task), log);
        underWay.incrementAndGet();
        return new Shipment(parcel, route, pusher, clock).begin().whenComplete((delivery, failure) -> {
            underWay.decrementAndGet();
            onRoom.run();
        });
    }

    private Letter.Style style(Destination destination) {
        List<SigningSecret> keys = destination.wire().secrets().stream()
                .map(text -> secrets.computeIfAbsent(text, SigningSecret::parse))
                .toList();
        return new Letter.Style(destination.wire().format(), keys);
    }

    private static Duration patience(Destination destination, Task task) {
        Duration own = task.spec().timing().timeout();
        Duration limit = destination.limits().timeout();
        return limit != null && limit.compareTo(own) < 0 ? limit : own;
    }

    /** Destinations change seldom, so only whether they did is asked each time. */
    @Override
    public long tend() {
        if (revision < 0) {
            destinations.applyConfiguration();
        }
        long present = destinations.revision();
        if (present != revision) {
            List<Destination> all = destinations.list();
            routes.learn(all);
            secrets.keySet()
                    .retainAll(all.stream()
                            .flatMap(destination -> destination.wire().secrets().stream())
                            .toList());
            revision = present;
            onRoom.run();
        }
        return checks.runOnce(System.nanoTime());
    }
}
