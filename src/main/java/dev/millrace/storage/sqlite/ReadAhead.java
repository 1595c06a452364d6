package dev.millrace.storage.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the batches that will be leased next while the last ones run, so that leasing from a long line costs what it
 * costs when all that waits is still in memory. It rests as long as it would find nothing to read.
 */
final class ReadAhead {
    private final Readers readers;
    private final SpecCache specs;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean worthwhile;

    ReadAhead(Readers readers, SpecCache specs) {
        this.readers = readers;
        this.specs = specs;
    }

    /**
     * After a lease.
     *
     * @param cold whether it had to read
     * @param following the batches that come next
     */
    void after(boolean cold, List<Long> following) {
        if ((cold || worthwhile) && !following.isEmpty() && busy.compareAndSet(false, true)) {
            readers.later(sql -> read(sql, following)).whenComplete((found, failure) -> {
                worthwhile = failure == null && found;
                busy.set(false);
            });
        }
    }

    private boolean read(Statements sql, List<Long> batches) throws SQLException {
        boolean found = false;
        for (long batch : batches) {
            found |= specs.warm(sql, batch);
        }
        return found;
    }
}
