package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.push.Pusher;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import dev.millrace.worker.Courier;
import dev.millrace.worker.Delivery;
import dev.millrace.worker.Receipt;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Pushes the tasks of destinations to their backends. */
@Singleton
class Deliverer implements Courier {
    private static final Logger LOG = Logger.getLogger(Deliverer.class);
    /** Each may hold a payload and an answer in memory. */
    private static final int MOST_UNDER_WAY = 4096;
    /** When that many are there, room is made for so many before there is any, so that few leases bring many. */
    private static final int ROOM_AT_LEAST = 512;

    /** By then it is known whether there is one after all; if not, the lane is left alone. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(1);

    private final Destinations destinations;
    private final Routes routes;
    private final Pusher pusher;
    private final Letters letters;
    private final Accounts accounts;
    private final HealthChecks checks;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Route, Departures> departures = new ConcurrentHashMap<>();
    private volatile Runnable onRoom = () -> {};
    /** Of the destinations as they were learned last; negative until they are known. */
    private long revision = -1;
    /** How often they were doubted, and how often of that before they were learned last. */
    private final AtomicLong doubts = new AtomicLong(1);

    private volatile long settled;

    Deliverer(Destinations destinations, Routes routes, Pusher pusher, Letters letters, Accounts accounts) {
        this.destinations = destinations;
        this.routes = routes;
        this.pusher = pusher;
        this.letters = letters;
        this.accounts = accounts;
        this.checks = new HealthChecks(pusher, routes);
    }

    @Override
    public Optional<Lanes> open() {
        if (isInDoubt()) {
            learn();
        }
        return routes.lanes(Limits.USUAL_CONCURRENCY);
    }

    @Override
    public boolean isThere() {
        return isInDoubt() || routes.any();
    }

    @Override
    public void doubt() {
        doubts.incrementAndGet();
    }

    private boolean isInDoubt() {
        return settled != doubts.get();
    }

    @Override
    public boolean wants(String destination) {
        return room() > 0 && routes.room(destination) > 0;
    }

    @Override
    public int room() {
        int left = MOST_UNDER_WAY - underWay.get();
        return left < ROOM_AT_LEAST ? 0 : left;
    }

    @Override
    public void onRoom(Runnable listener) {
        onRoom = listener;
    }

    @Override
    public CompletionStage<Delivery> deliver(Lease lease, Receipt receipt) {
        Task task = lease.task();
        Route own = routes.known(task.spec().destination());
        if (own == null) {
            return CompletableFuture.completedFuture(new Delivery.Ended(Outcome.released(
                    UNTIL_KNOWN, "There is no destination " + task.spec().destination())));
        }
        Route route = routes.open(own, System.nanoTime());
        Duration patience = patience(route.destination(), receipt.limit());
        Shipment shipment = new Shipment(
                new Shipment.Parcel(lease, one -> letters.write(one, route.destination()), patience, receipt),
                route,
                pusher,
                letters.clock());
        Departures line = departures.computeIfAbsent(route, this::departures);
        underWay.incrementAndGet();
        line.add(shipment);
        return shipment.delivery().whenComplete((_, _) -> {
            boolean roomAgain = underWay.decrementAndGet() == MOST_UNDER_WAY - ROOM_AT_LEAST;
            line.call();
            if (roomAgain) {
                onRoom.run(); // for tasks of other destinations too
            }
        });
    }

    /** Destinations that share their first backend share its event loop. */
    private Departures departures(Route route) {
        URI target = URI.create(route.destination().backends().getFirst().url());
        return new Departures(route, pusher.loop(target));
    }

    /** Tasks of the others wait in their lanes, as those of a destination that is not there. */
    private static List<Destination> signable(List<Destination> all) {
        all.stream()
                .filter(destination -> destination.wire().locked())
                .forEach(destination -> LOG.errorf(
                        "Destination %s gets nothing: no key of millrace.delivery.secret-keys opens its signing secret",
                        destination.name()));
        return all.stream().filter(destination -> !destination.wire().locked()).toList();
    }

    private static Duration patience(Destination destination, Duration most) {
        Duration limit = destination.limits().timeout();
        return limit != null && limit.compareTo(most) < 0 ? limit : most;
    }

    @Override
    public long tend() {
        learn();
        accounts.runOnce();
        return checks.runOnce(System.nanoTime());
    }

    /** Destinations change seldom, so only whether they did is asked each time. */
    private synchronized void learn() {
        long doubted = doubts.get();
        if (revision < 0) {
            destinations.applyConfiguration();
            destinations.lockSecrets();
        }
        long present = destinations.revision();
        if (present != revision) {
            List<Destination> all = signable(destinations.list());
            routes.learn(all);
            departures.keySet().retainAll(routes.all());
            letters.only(all);
            revision = present;
            departures.values().forEach(Departures::call);
            onRoom.run();
        }
        settled = doubted;
    }
}
