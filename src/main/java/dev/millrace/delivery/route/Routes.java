package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.queue.Lanes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The ways to all destinations. */
@Singleton
public class Routes {
    private static final int STRANGERS = 1000;

    private final RandomGenerator random;
    private final ConcurrentMap<String, Route> routes = new ConcurrentHashMap<>();
    /** Names that tasks gave and no destination has. */
    private final ConcurrentMap<String, Boolean> strangers = new ConcurrentHashMap<>();

    Routes() {
        this(() -> ThreadLocalRandom.current().nextLong());
    }

    Routes(RandomGenerator random) {
        this.random = random;
    }

    /** How a destination does here; empty when this node sends nothing there. */
    public Optional<RouteView> view(String name) {
        return Optional.ofNullable(routes.get(name)).map(route -> route.view(System.nanoTime()));
    }

    void learn(List<Destination> all) {
        long now = System.nanoTime();
        Map<String, Destination> byName = new HashMap<>();
        all.forEach(destination -> byName.put(destination.name(), destination));
        routes.keySet().retainAll(byName.keySet());
        strangers.keySet().removeAll(byName.keySet());
        byName.forEach((name, destination) -> {
            Route known = routes.get(name);
            if (known == null) {
                routes.put(name, new Route(destination, random, now));
            } else if (known.destination().version() != destination.version()) {
                known.change(destination, now);
            }
        });
    }

    Collection<Route> all() {
        return routes.values();
    }

    List<String> names() {
        return routes.keySet().stream().sorted().toList();
    }

    boolean any() {
        return !routes.isEmpty();
    }

    /** How many tasks may be leased for a destination; 0 for one that is not there. */
    int room(String name) {
        Route route = routes.get(name);
        long now = System.nanoTime();
        return route == null ? 0 : open(route, now).room(now);
    }

    /** Null when there is none; its lane is left alone from then on. */
    Route known(String name) {
        Route route = routes.get(name);
        if (route == null && strangers.size() < STRANGERS) {
            strangers.put(name, true);
        }
        return route;
    }

    /** The way that tasks of this one take now: its own, or its fallback's while it lets nothing pass itself. */
    Route open(Route route, long now) {
        String fallback = route.destination().fallback();
        Route other = fallback == null ? null : routes.get(fallback);
        return other == null || !route.isShut(now) ? route : other;
    }

    /** What may be leased; only those that are not as usual are named. */
    Optional<Lanes> lanes(int usual) {
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Map<String, Integer> limits = new HashMap<>();
        boolean any = false;
        for (Map.Entry<String, Route> each : routes.entrySet()) {
            int room = open(each.getValue(), now).room(now);
            any |= room > 0;
            if (room != usual) {
                limits.put(each.getKey(), room);
            }
        }
        strangers.keySet().forEach(name -> limits.put(name, 0));
        return any ? Optional.of(new Lanes.Destinations(usual, limits)) : Optional.empty();
    }
}
