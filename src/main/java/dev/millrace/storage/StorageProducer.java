package dev.millrace.storage;

import dev.millrace.cluster.ClockOffset;
import dev.millrace.cluster.SharedStore;
import dev.millrace.monitor.StoreBackup;
import dev.millrace.queue.StoreSecret;
import dev.millrace.queue.Wakeups;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Hands out what of a store needs no guard: nothing here waits for an answer, but for a backup, which may take long. The
 * other ports are the guards.
 */
@Singleton
class StorageProducer {
    @Produces
    @Singleton
    Wakeups wakeups(OpenStorage storage) {
        return storage.raw().wakeups();
    }

    @Produces
    @Singleton
    StoreBackup backup(OpenStorage storage) {
        return storage.raw().backup();
    }

    /** The only clock: the store's. */
    @Produces
    @Singleton
    InstantSource clock(OpenStorage storage) {
        return storage.raw().clock();
    }

    @Produces
    @Singleton
    SharedStore shared(OpenStorage storage) {
        return new SharedStore(storage.raw().check().kind().equals("redis"));
    }

    /** Looks at what the store found out last, so it needs no guard either. */
    @Produces
    @Singleton
    ClockOffset clockOffset(OpenStorage storage) {
        return storage.raw().check()::clockOffset;
    }

    @Produces
    @Singleton
    StoreSecret secret(OpenStorage storage) {
        return new StoreSecret(storage.raw().secret());
    }
}
