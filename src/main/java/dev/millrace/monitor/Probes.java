package dev.millrace.monitor;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What {@code /q/health/live}, {@code ready} and {@code started} answer. */
@Singleton
class Probes {
    private final Health health;
    private final AtomicBoolean started = new AtomicBoolean();

    Probes(Health health) {
        this.health = health;
    }

    /** Never looks at the store: a restart of this process would not mend that one. */
    @Produces
    @Singleton
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("process");
    }

    /** Every role needs the store; one that does not answer takes the process out of rotation until it does. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck ready() {
        return this::store;
    }

    /** Up once the store has answered for the first time, and from then on. */
    @Produces
    @Singleton
    @Startup
    HealthCheck started() {
        return () -> {
            if (!started.get() && health.report().storeAnswers()) {
                started.set(true);
            }
            return HealthCheckResponse.named("started").status(started.get()).build();
        };
    }

    private HealthCheckResponse store() {
        HealthReport report = health.report();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("store")
                .status(report.storeAnswers())
                .withData("kind", report.store())
                .withData("durability", report.durability());
        report.components().forEach(part -> answer.withData(part.name(), part.detail()));
        report.findings().forEach(found -> answer.withData(found.code(), found.sentence()));
        return answer.build();
    }
}
