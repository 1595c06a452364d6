package dev.millrace.storage;

import dev.millrace.cluster.Standstill;
import jakarta.enterprise.context.ApplicationScoped;

/** The end of a standstill behind the breaker. */
@ApplicationScoped
class GuardedStandstill implements Standstill {
    private final Standstill raw;
    private final StoreCalls calls;

    GuardedStandstill(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().standstill();
        this.calls = calls;
    }

    @Override
    public void end() {
        calls.run("standstill", raw::end);
    }
}
