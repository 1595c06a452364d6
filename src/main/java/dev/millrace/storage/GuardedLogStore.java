package dev.millrace.storage;

import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.NodeLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Logs of nodes behind the breaker. */
@ApplicationScoped
class GuardedLogStore implements LogStore {
    private final LogStore raw;
    private final StoreCalls calls;

    GuardedLogStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().logs();
        this.calls = calls;
    }

    @Override
    public void add(String node, List<NodeLog.Line> lines) {
        calls.run("log-add", () -> raw.add(node, lines));
    }

    @Override
    public List<NodeLog.Line> after(String node, long number) {
        return calls.call("log-read", () -> raw.after(node, number));
    }
}
