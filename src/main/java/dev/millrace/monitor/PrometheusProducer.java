package dev.millrace.monitor;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one registry below Micrometer's; the framework's own producer makes another for each who asks. */
@Singleton
class PrometheusProducer {
    @Produces
    @Singleton
    CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }
}
