package dev.millrace.dashboard;

import dev.millrace.cluster.Node;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A process.
 *
 * @param cpu in percent of one processor; a dash when unknown
 * @param memory resident; a dash when unknown
 * @param told what it was told and does not do yet; null for nothing
 * @param clock how right its machine's clock is, in words
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
        Node.Stage stage,
        String told,
        String clock,
        boolean clockOff,
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
                load.stage(),
                node.pending() == null ? null : node.pending().wire(),
                clock(load),
                load.clockIsOff(),
                running.stream().filter(task -> node.id().equals(task.worker())).toList());
    }

    private static String clock(Node.Load load) {
        return load.clockIsOff()
                ? Format.span(load.clockOffset().abs()) + (load.clockOffset().isNegative() ? " behind" : " ahead")
                : "right";
    }

    public boolean active() {
        return stage == Node.Stage.ACTIVE;
    }

    public boolean quiet() {
        return stage == Node.Stage.QUIET;
    }

    public boolean stopping() {
        return stage == Node.Stage.STOPPING;
    }

    /** For the query of an address. */
    public String encodedId() {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** It runs tasks, or could. */
    public boolean worker() {
        return roles.contains("worker");
    }
}
