package dev.millrace.worker;

import dev.millrace.cluster.Activity;
import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Runs tasks for as long as the process runs. */
@Singleton
@LookupIfProperty(name = "millrace.role.worker", stringValue = "true", lookupIfMissing = true)
public class WorkerRole implements Role, Activity {
    private final Worker worker;

    WorkerRole(Worker worker) {
        this.worker = worker;
    }

    @Override
    public String name() {
        return RoleConfig.WORKER;
    }

    @Override
    public void start() {
        worker.start();
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
