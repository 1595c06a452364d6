package dev.millrace.storage;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Destinations behind the breaker. Changes are not repeated: the second answer would be that the first had come before. */
@ApplicationScoped
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
    public Written put(Destination destination, long expected) {
        return calls.once("destination-put", () -> raw.put(destination, expected));
    }

    @Override
    public Written remove(String name, long expected) {
        return calls.once("destination-remove", () -> raw.remove(name, expected));
    }
}
