package dev.millrace.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.prometheus.client.CollectorRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;

/**
 * Registers what {@code GET /q/metrics} shows of Millrace beside the store's latency. What is counted by label registers
 * itself as it comes; it is made here so that a setting of it that cannot be stops the start.
 */
@Singleton
class Metrics implements MeterBinder {
    private final StoreCheck store;
    private final Breaker breaker;
    private final QueueCollector queues;
    private final CollectorRegistry prometheus;

    Metrics(
            StoreCheck store,
            Breaker breaker,
            QueueCollector queues,
            CollectorRegistry prometheus,
            LabelTally labelled) {
        this.store = store;
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
        FunctionCounter.builder("millrace.store.rollbacks", store, StoreCheck::rollbacks)
                .description("How often the store was found emptied, replaced or older than it was")
                .register(registry);
        prometheus.register(queues);
    }
}
