package dev.millrace.storage;

import dev.millrace.testing.TestSettings;
import dev.millrace.testing.TimeShift;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** In tests of an application: the store's time, moved ahead by hand. */
@Singleton
@Alternative
@Priority(1)
@IfBuildProperty(name = TestSettings.SWITCH, stringValue = "true")
class VirtualClock implements InstantSource, TimeShift {
    private final InstantSource store;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    VirtualClock(OpenStorage storage) {
        this.store = storage.raw().clock();
    }

    @Override
    public Instant instant() {
        return store.instant().plus(ahead.get());
    }

    @Override
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time does not go back: " + by);
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
