package dev.millrace.monitor;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The state of the store's circuit breaker. */
@Singleton
class Breaker {
    private final CircuitBreakerMaintenance breakers;

    Breaker(CircuitBreakerMaintenance breakers) {
        this.breakers = breakers;
    }

    CircuitBreakerState state() {
        return breakers.currentState(StoreCheck.BREAKER);
    }

    static String wire(CircuitBreakerState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
