package dev.millrace.api;

import dev.millrace.queue.Leases;
import dev.millrace.queue.Tasks;
import dev.millrace.role.Role;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Answers over HTTP, in every process, since each has its health to tell. While the others drain it still answers, so
 * that pull workers can say how their tasks went; it ends after them, when all requests under way are answered.
 */
@Singleton
@Priority(500)
public class HttpRole implements Role {
    private static final Logger LOG = Logger.getLogger(HttpRole.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Traffic traffic;
    private final Leases leases;
    private final Tasks tasks;

    HttpRole(Traffic traffic, Leases leases, Tasks tasks) {
        this.traffic = traffic;
        this.leases = leases;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void start() {
        // The framework opens the port once everything else is there.
    }

    @Override
    public void quiet() {
        traffic.end();
        leases.quiet();
        tasks.quiet();
    }

    @Override
    public void stop(Duration drain) {
        quiet();
        tasks.awaitNothing();
        Duration left = drain.compareTo(LONGEST) > 0 ? LONGEST : drain;
        try {
            if (!traffic.awaitNone(left.compareTo(SHORTEST) < 0 ? SHORTEST : left)) {
                LOG.warn("Some requests got no answer before the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not ready as soon as the process was told to stop, so that whoever spreads requests leaves it out. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck serving() {
        return () ->
                HealthCheckResponse.named("serving").status(!traffic.ending()).build();
    }
}
