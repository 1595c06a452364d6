package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.PushRequest;
import dev.millrace.delivery.push.Pusher;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Asks backends whether they are well, each when its time has come, and one question at a time. */
final class HealthChecks {
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final Pusher pusher;
    private final Routes routes;
    private final Map<String, Long> dueAt = new ConcurrentHashMap<>();

    HealthChecks(Pusher pusher, Routes routes) {
        this.pusher = pusher;
        this.routes = routes;
    }

    /** Asks those whose time has come; nanoseconds until the next one's. */
    long runOnce(long now) {
        long wait = LONGEST_WAIT;
        Map<String, Long> seen = new ConcurrentHashMap<>();
        for (Route route : routes.all()) {
            Destination destination = route.destination();
            if (destination.healthCheck() == null) {
                continue;
            }
            for (Backend backend : destination.backends()) {
                String key = destination.name() + " " + backend.url();
                long due = dueAt.getOrDefault(key, now);
                if (due - now <= 0) {
                    due = now + destination.healthCheck().interval().toNanos();
                    ask(route, destination, backend);
                }
                seen.put(key, due);
                wait = Math.min(wait, due - now);
            }
        }
        dueAt.putAll(seen);
        dueAt.keySet().retainAll(seen.keySet());
        return Math.max(1, wait);
    }

    private void ask(Route route, Destination destination, Backend backend) {
        HealthCheck check = destination.healthCheck();
        PushRequest request = new PushRequest(
                URI.create(backend.url()).resolve(check.path()),
                "GET",
                List.of(),
                new byte[0],
                PushRequest.Patience.within(check.timeout()),
                destination.wire().tls());
        pusher.push(request).thenAccept(answer -> {
            boolean well = answer instanceof PushAnswer.Answered answered && answered.status() / 100 == 2;
            route.checked(backend.url(), well, System.nanoTime());
        });
    }
}
