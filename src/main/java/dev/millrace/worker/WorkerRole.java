package dev.millrace.worker;

import dev.millrace.cluster.Activity;
import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Runs tasks for as long as the process runs. */
@Singleton
@LookupIfProperty(name = "millrace.role.worker", stringValue = "true", lookupIfMissing = true)
public class WorkerRole implements Role, Activity {
    private final Worker worker;
    private final Optional<IdleExit> exit;

    @Inject
    WorkerRole(Worker worker, DrainCall drain, WorkerConfig config) {
        this(
                worker,
                config.exitWhenIdle()
                        ? Optional.of(new IdleExit(worker, drain, Quarkus::asyncExit))
                        : Optional.empty());
    }

    WorkerRole(Worker worker, Optional<IdleExit> exit) {
        this.worker = worker;
        this.exit = exit;
    }

    @Override
    public String name() {
        return RoleConfig.WORKER;
    }

    @Override
    public void start() {
        worker.start();
        exit.ifPresent(Thread.ofVirtual().name("idle-exit")::start);
    }

    @Override
    public void quiet() {
        worker.quiet();
    }

    @Override
    public void stop(Duration drain) {
        worker.stop(drain);
    }

    @Override
    public int running() {
        return worker.running();
    }
}
