package dev.millrace.dashboard;

import dev.millrace.monitor.Readings;
import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What of the dashboard goes on between requests. */
@Singleton
@LookupIfProperty(name = "millrace.role.dashboard", stringValue = "true", lookupIfMissing = true)
public class DashboardRole implements Role {
    private final LiveStreams streams;
    private final Readings readings;
    private ScheduledExecutorService timer;
    private boolean stopped;

    DashboardRole(LiveStreams streams, Readings readings) {
        this.streams = streams;
        this.readings = readings;
    }

    @Override
    public String name() {
        return RoleConfig.DASHBOARD;
    }

    @Override
    public synchronized void start() {
        if (timer == null && !stopped) {
            timer = Executors.newScheduledThreadPool(
                    1, Thread.ofVirtual().name("readings-", 0).factory());
            timer.scheduleAtFixedRate(readings::runOnce, 0, Readings.STEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Open pages would keep the port from being closed. */
    @Override
    public synchronized void quiet() {
        stopped = true;
        streams.stop();
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    @Override
    public void stop(Duration drain) {
        quiet();
    }
}
