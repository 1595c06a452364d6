package dev.millrace.storage;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.storage.StoreCalls.Repeat;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Destinations behind the breaker. Changes are not repeated: the second answer would be that the first had come before. */
@ApplicationScoped
@Interruptible
@Retry(
        maxRetries = Repeat.TIMES,
        delay = Repeat.PAUSE_MILLIS,
        jitter = Repeat.JITTER_MILLIS,
        maxDuration = Repeat.WITHIN_MILLIS)
@RetryWhen(exception = StoreAbsent.class)
class GuardedDestinationStore implements DestinationStore {
    private final DestinationStore raw;
    private final StoreCalls calls;

    GuardedDestinationStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().destinations();
        this.calls = calls;
    }

    @Override
    public List<Destination> list() {
        return calls.call("destination-list", raw::list);
    }

    @Override
    public long revision() {
        return calls.call("destination-revision", raw::revision);
    }

    @Override
    @Retry(maxRetries = 0)
    public Written put(Destination destination, long expected) {
        return calls.call("destination-put", () -> raw.put(destination, expected));
    }

    @Override
    @Retry(maxRetries = 0)
    public Written remove(String name, long expected) {
        return calls.call("destination-remove", () -> raw.remove(name, expected));
    }
}
