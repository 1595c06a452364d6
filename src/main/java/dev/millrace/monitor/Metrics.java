package dev.millrace.monitor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.prometheus.client.CollectorRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;

/** Registers what {@code GET /q/metrics} shows of Millrace beside the store's latency. */
@Singleton
class Metrics implements MeterBinder {
    private final Breaker breaker;
    private final QueueCollector queues;
    private final CollectorRegistry prometheus;

    Metrics(Breaker breaker, QueueCollector queues, CollectorRegistry prometheus) {
        this.breaker = breaker;
        this.queues = queues;
        this.prometheus = prometheus;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (CircuitBreakerState state : CircuitBreakerState.values()) {
            Gauge.builder("millrace.store.breaker.state", breaker, b -> b.state() == state ? 1 : 0)
                    .description("1 for the state that the store's circuit breaker is in")
                    .tag("state", Breaker.wire(state))
                    .register(registry);
        }
        prometheus.register(queues);
    }
}
