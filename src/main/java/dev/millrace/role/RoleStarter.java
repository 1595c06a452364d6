package dev.millrace.role;

import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Starts the roles that are on, and stops them in stages: all become quiet, then each drains until the common deadline
 * and hands back the rest, last started first. No role observes start and stop itself, since an observer method would
 * bring one to life that is switched off.
 */
@Singleton
public class RoleStarter {
    private static final Logger LOG = Logger.getLogger(RoleStarter.class);

    /** After the store is open and the configuration is found right; see {@code OpenStorage}. */
    private static final int EARLY = Interceptor.Priority.PLATFORM_BEFORE + 20;

    private final List<InstanceHandle<Role>> handles;
    private final RoleConfig config;
    private final ShutdownConfig shutdown;
    /** Also the one that did not get through its start: what it had begun is ended in order. */
    private final List<Role> started = new ArrayList<>();

    RoleStarter(@All List<InstanceHandle<Role>> handles, RoleConfig config, ShutdownConfig shutdown) {
        this.handles = handles;
        this.config = config;
        this.shutdown = shutdown;
    }

    /**
     * A process without any role, such as a benchmark's, starts nothing and so opens no store. Before all else that waits for
     * the start, such as the reading of templates: what a worker was woken for need not wait for that.
     */
    void start(@Observes @Priority(EARLY) StartupEvent event) {
        if (config.names().isEmpty()) {
            return;
        }
        start(handles.stream().<Supplier<Role>>map(handle -> handle::get).toList(), started, shutdown.drain());
        LOG.infof("Roles: %s", String.join(", ", config.names()));
    }

    /** When one does not start, those before it end in order first: they must not outlive what they stand on. */
    static void start(List<? extends Supplier<Role>> roles, List<Role> started, Duration drain) {
        try {
            for (Supplier<Role> one : roles) {
                Role role = one.get();
                started.add(role);
                role.start();
            }
        } catch (RuntimeException | Error e) {
            stop(started, drain);
            throw e;
        }
    }

    /** While the port is still open: what runs may need it to end, and requests under way are answered. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        stop(started, shutdown.drain());
    }

    /** The port is closed; there is something to do only where the framework did not announce its end. */
    void stop(@Observes ShutdownEvent event) {
        stop(started, shutdown.drain());
    }

    static void stop(List<Role> roles, Duration drain) {
        long deadline = System.nanoTime() + drain.toNanos();
        for (Role role : roles.reversed()) {
            attempt(role, "become quiet", role::quiet);
        }
        for (Role role : roles.reversed()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            attempt(role, "stop", () -> role.stop(left));
        }
    }

    /** One that fails does not keep the others from ending in order. */
    private static void attempt(Role role, String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Role %s did not %s", role.name(), what);
        }
    }
}
