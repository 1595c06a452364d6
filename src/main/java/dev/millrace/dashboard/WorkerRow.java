package dev.millrace.dashboard;

import dev.millrace.cluster.Node;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A process.
 *
 * @param cpu in percent of one processor; a dash when unknown
 * @param memory resident; a dash when unknown
 * @param tasks in its hands, as far as they were looked at
 */
public record WorkerRow(
        String id,
        String name,
        String host,
        String version,
        List<String> roles,
        Instant startedAt,
        Instant heartbeatAt,
        int running,
        String cpu,
        String memory,
        List<RunningTask> tasks) {
    static WorkerRow of(Node node, List<RunningTask> running) {
        Node.Load load = node.load();
        return new WorkerRow(
                node.id(),
                node.name(),
                node.host(),
                node.version(),
                node.roles().stream().sorted().toList(),
                node.startedAt(),
                load.heartbeatAt(),
                load.running(),
                load.cpu() < 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * load.cpu()),
                load.memoryBytes() <= 0 ? "–" : Format.bytes(load.memoryBytes()),
                running.stream().filter(task -> node.id().equals(task.worker())).toList());
    }

    /** It runs tasks, or could. */
    public boolean worker() {
        return roles.contains("worker");
    }
}
