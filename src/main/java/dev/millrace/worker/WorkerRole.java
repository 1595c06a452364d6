package dev.millrace.worker;

import dev.millrace.cluster.Activity;
import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Runs tasks for as long as the process runs. */
@Singleton
@LookupIfProperty(name = "millrace.role.worker", stringValue = "true", lookupIfMissing = true)
public class WorkerRole implements Role, Activity {
    private final Worker worker;
    /** What else begins with it. */
    private final Runnable further;

    @Inject
    WorkerRole(Worker worker, DrainCall drain, WorkerConfig config) {
        this(worker, () -> {
            if (config.exitWhenIdle()) {
                Thread.ofVirtual().name("idle-exit").start(new IdleExit(worker::drain, drain, Quarkus::asyncExit));
            }
            config.parent().ifPresent(parent -> ParentWatch.begin(parent, Quarkus::asyncExit));
        });
    }

    WorkerRole(Worker worker, Runnable further) {
        this.worker = worker;
        this.further = further;
    }

    @Override
    public String name() {
        return RoleConfig.WORKER;
    }

    @Override
    public void start() {
        worker.start();
        further.run();
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

    @Override
    public void rest(boolean resting) {
        worker.rest(resting);
    }
}
