package dev.millrace.delivery.route;

import dev.millrace.delivery.balance.Balancer;
import dev.millrace.delivery.balance.Balancers;
import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.task.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The way to one destination from this node: how much may go there now, and to which backend. */
final class Route {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** About as long as a store may take for a lease. */
    private static final long AHEAD_NANOS = 50_000_000L;

    private static final int MOST_AHEAD = 1000;

    private final RandomGenerator random;
    private final Map<String, BackendState> backends = new LinkedHashMap<>();
    private final Deque<RouteView.Trouble> troubles = new ArrayDeque<>();
    private Destination destination;
    private Balancer balancer;
    private Breaker breaker;
    private Rate rate;
    private final Pace pace;
    /** Leased and not ended. */
    private int inFlight;
    /** Those of them that have begun. */
    private int underWay;

    /** Whether a task that was leased may begin now. */
    enum Departure {
        GO,
        /** As many as may be are under way. */
        FULL,
        /** Since it was leased the breaker opened, or the last backend went. */
        SHUT
    }

    Route(Destination destination, RandomGenerator random, long now) {
        this.random = random;
        this.pace = new Pace(now);
        change(destination, now);
    }

    /** A push to a backend; {@code probe} is its breaker's. */
    record Ticket(BackendState backend, boolean probe, long startedAt) {}

    synchronized Destination destination() {
        return destination;
    }

    /** What did not change is kept, with all that was learned. */
    synchronized void change(Destination to, long now) {
        Destination before = destination;
        destination = to;
        if (before == null || !before.breaker().equals(to.breaker())) {
            breaker = new Breaker(to.breaker());
            backends.clear();
        }
        balancer = Balancers.of(to.balance(), to.sticky() != null, random);
        rate = to.limits().rate() == null ? null : new Rate(to.limits().rate(), now);
        Map<String, BackendState> known = new LinkedHashMap<>(backends);
        backends.clear();
        for (Backend backend : to.backends()) {
            BackendState state = known.getOrDefault(backend.url(), new BackendState(backend, to.breaker()));
            state.change(backend);
            backends.put(backend.url(), state);
        }
    }

    /**
     * How many tasks may be leased for it: what may begin at once, and what will begin by the time that the store would
     * take to give more. While more than half of that is there none are leased, so that few leases bring many.
     */
    synchronized int room(long now) {
        int ahead = (int) Math.min(MOST_AHEAD, pace.within(AHEAD_NANOS, now));
        int waiting = inFlight - destination.limits().concurrency();
        if (waiting > 0 && 2 * waiting > ahead) {
            return 0;
        }
        int room = Math.min(ahead - waiting, breaker.room(now, inFlight));
        room = Math.min(room, rate == null ? room : rate.room(now));
        return Math.max(0, Math.min(room, backendRoom(now)));
    }

    private int backendRoom(long now) {
        for (BackendState backend : backends.values()) {
            if (backend.isThere(now) && backend.breaker().passes(now, backend.inFlight())) {
                return Integer.MAX_VALUE;
            }
        }
        return probesRoom(now);
    }

    private int probesRoom(long now) {
        int probes = 0;
        for (BackendState backend : open(now, Set.of())) {
            if (backend.breaker().state(now) != Breaker.State.HALF_OPEN) {
                return Integer.MAX_VALUE;
            }
            probes += backend.breaker().room(now, backend.inFlight());
        }
        return probes;
    }

    /** A task was leased; whether it is a probe. */
    synchronized boolean enter(long now) {
        inFlight++;
        if (rate != null) {
            rate.take();
        }
        return breaker.begin(now);
    }

    synchronized Departure depart(long now) {
        boolean anybody = false;
        for (BackendState backend : backends.values()) {
            anybody |= backend.isThere(now);
        }
        if (!anybody || breaker.state(now) == Breaker.State.OPEN) {
            return Departure.SHUT;
        }
        if (underWay >= destination.limits().concurrency()) {
            return Departure.FULL;
        }
        underWay++;
        return Departure.GO;
    }

    /** One that departed is there, or came back. */
    synchronized void arrive(long now) {
        underWay--;
        pace.count(now);
    }

    /** What became of a task on the whole; null when that says nothing of the destination. */
    synchronized void leave(boolean probe, Boolean well, long now) {
        inFlight--;
        if (well == null) {
            breaker.forget(probe);
        } else if (well) {
            breaker.succeeded(probe, now);
        } else {
            breaker.failed(probe, now);
        }
    }

    /** The backend that the task goes to next; empty when there is none. */
    synchronized Optional<Ticket> pick(Task task, Set<String> tried, long now) {
        List<BackendState> open = open(now, tried);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        BackendState backend = balancer.pick(warm(open, now), key(task));
        return Optional.of(new Ticket(backend, backend.begin(now), now));
    }

    private String key(Task task) {
        return destination.sticky() == null
                ? null
                : task.spec().marks().labels().get(destination.sticky());
    }

    /**
     * Those that may get a task. Of several at most half, rounded up, are kept out by their own breakers: when more fail,
     * that is for the destination's breaker to see, and one backend alone must not carry what many did.
     */
    private List<BackendState> open(long now, Set<String> tried) {
        List<BackendState> open = new ArrayList<>(backends.size());
        List<BackendState> out = new ArrayList<>();
        for (BackendState backend : backends.values()) {
            if (backend.isThere(now)) {
                boolean passes = backend.breaker().room(now, backend.inFlight()) > 0;
                (passes ? open : out).add(backend);
            }
        }
        out.removeIf(backend -> backend.breaker().state(now) != Breaker.State.OPEN);
        int there = open.size() + out.size();
        int spared = out.size() - (there == 1 ? 0 : (there + 1) / 2);
        if (spared > 0) {
            out.sort(Comparator.comparingDouble(BackendState::errors));
            open.addAll(out.subList(0, spared));
        }
        open.removeIf(backend -> tried.contains(backend.id()));
        return open;
    }

    /** Nothing passes, not even probes. */
    synchronized boolean isShut(long now) {
        return breaker.state(now) == Breaker.State.OPEN || open(now, Set.of()).isEmpty();
    }

    /** Without those that came back just now, but for a share that grows. */
    private List<BackendState> warm(List<BackendState> open, long now) {
        List<BackendState> warm = new ArrayList<>(open.size());
        for (BackendState backend : open) {
            double share = backend.share(now);
            if (share >= 1 || random.nextDouble() < share) {
                warm.add(backend);
            }
        }
        return warm.isEmpty() ? open : warm;
    }

    /**
     * It was answered, or could not be.
     *
     * @param well null when that says nothing of the backend
     */
    synchronized void ended(Ticket ticket, Boolean well, boolean answered, long now) {
        BackendState backend = ticket.backend();
        backend.end();
        long taken = now - ticket.startedAt();
        if (answered && well != null) {
            backend.timed(taken);
        }
        if (well == null) {
            backend.breaker().forget(ticket.probe());
        } else if (well) {
            backend.succeeded(ticket.probe(), taken, now);
        } else {
            backend.failed(ticket.probe(), taken, now);
        }
    }

    synchronized void pause(BackendState backend, Duration pause, long now) {
        backend.pause(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, now);
    }

    synchronized void checked(String url, boolean well, long now) {
        BackendState backend = backends.get(url);
        if (backend != null) {
            backend.checked(well, now);
        }
    }

    synchronized void note(RouteView.Trouble trouble) {
        troubles.addFirst(trouble);
        if (troubles.size() > RouteView.ERRORS) {
            troubles.removeLast();
        }
    }

    synchronized RouteView view(long now) {
        return new RouteView(
                breaker.state(now).wire(),
                breaker.opened(),
                inFlight,
                room(now),
                backends.values().stream().map(backend -> backend.view(now)).toList(),
                List.copyOf(troubles));
    }
}
