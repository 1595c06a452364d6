package dev.millrace.storage;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Series behind the breaker. */
@ApplicationScoped
class GuardedSeriesStore implements SeriesStore {
    private final SeriesStore raw;
    private final StoreCalls calls;

    GuardedSeriesStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().series();
        this.calls = calls;
    }

    @Override
    public Map<String, List<Minute>> minutes(Map<String, Instant> from, Instant to) {
        return calls.call("minutes", () -> raw.minutes(from, to));
    }

    @Override
    public void note(Map<String, Level> levels) {
        calls.run("note-levels", () -> raw.note(levels));
    }

    @Override
    public List<Level> levels(String queue, Instant from, Instant to) {
        return calls.call("levels", () -> raw.levels(queue, from, to));
    }

    @Override
    public List<DeadGroup> deadGroups(List<String> queues, int limit) {
        return calls.call("dead-groups", () -> raw.deadGroups(queues, limit));
    }

    @Override
    public List<ErrorGroup> errorGroups(String queue, int limit) {
        return calls.call("error-groups", () -> raw.errorGroups(queue, limit));
    }
}
