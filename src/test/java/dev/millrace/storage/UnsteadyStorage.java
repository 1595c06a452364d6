package dev.millrace.storage;

import dev.millrace.testing.Outage;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A SQLite store of its own that can be made to fail, in place of the configured one. */
@Alternative
@Singleton
public class UnsteadyStorage extends OpenStorage {
    public static final Outage OUTAGE = new Outage();

    UnsteadyStorage() {
        super(OUTAGE.around(Storages.open(new StoreSettings.Sqlite(directory(), true), () -> null)));
    }

    /** Of a test on it. */
    public interface Mended {
        @AfterEach
        default void allIsWellAgain() {
            OUTAGE.comeBack();
            Arc.container().instance(CircuitBreakerMaintenance.class).get().resetAll();
        }
    }

    static Path directory() {
        try {
            return Files.createTempDirectory("millrace-unsteady-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No role calls the store by itself, and its time is up early, if not so early that a slow disk is none. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(UnsteadyStorage.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "millrace.data", directory().toString(),
                    "millrace.role.worker", "false",
                    "millrace.role.scheduler", "false",
                    "quarkus.fault-tolerance.\"dev.millrace.storage.StoreBreaker/call\".timeout.value", "1000",
                    "quarkus.fault-tolerance.\"dev.millrace.storage.StoreBreaker/call\".circuit-breaker.delay", "3000");
        }
    }
}
