package dev.millrace.monitor;

import dev.millrace.cluster.Heartbeat;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.RollCall;
import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the nodes are there, have the time right, are of one version and do all that has to be done. */
@Singleton
class NodeLook implements Check {
    /** Nodes named in one sentence at most. */
    private static final int NAMED = 5;

    private final Nodes nodes;
    private final InstantSource clock;
    private final RollCall rollCall;

    @Inject
    NodeLook(Nodes nodes, InstantSource clock, Heartbeat heartbeat) {
        this(nodes, clock, heartbeat.rollCall());
    }

    NodeLook(Nodes nodes, InstantSource clock, RollCall rollCall) {
        this.nodes = nodes;
        this.clock = clock;
        this.rollCall = rollCall;
    }

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Finding> findings() {
        List<Node> present = nodes.list();
        List<Finding> findings = new ArrayList<>();
        Set<String> names = present.stream().map(Node::name).collect(Collectors.toSet());
        boolean complete = rollCall.isComplete(present, clock.instant());
        if (complete) {
            nodes.missing().forEach(missing -> findings.add(missing(missing, names.contains(missing.name()))));
        }
        present.stream()
                .filter(node -> node.load().clockIsOff())
                .map(NodeLook::clock)
                .forEach(findings::add);
        quiet(present, findings);
        versions(present, findings);
        if (complete && present.stream().noneMatch(node -> node.roles().contains("scheduler"))) {
            findings.add(finding(
                    Severity.WARNING,
                    "no-scheduler",
                    "No node has the role scheduler: tasks still run, but nothing is pruned. Give a node that role, or"
                            + " have POST /api/v1/maintenance/tick called every minute."));
        }
        return findings;
    }

    private Finding missing(Node node, boolean replaced) {
        long minutes = Math.max(
                1, Duration.between(node.load().heartbeatAt(), clock.instant()).toMinutes());
        String gone = "Node " + node.id() + " on " + node.host() + " was last heard of " + minutes
                + " min ago, and did not say goodbye";
        return replaced
                ? finding(
                        Severity.NOTE,
                        "node-replaced",
                        gone + ". Another of its name runs since then. Look at the end of its log if you wonder why;"
                                + " nothing else has to be done.")
                : finding(
                        Severity.WARNING,
                        "node-missing",
                        gone + ". See whether it crashed or lost its network; it is forgotten after an hour.");
    }

    private static Finding clock(Node node) {
        Duration offset = node.load().clockOffset();
        return finding(
                Severity.WARNING,
                "clock-offset",
                "The clock of " + node.host() + ", where node " + node.id() + " runs, is "
                        + offset.abs().toSeconds() + " s " + (offset.isNegative() ? "behind" : "ahead of")
                        + " the store's. Tasks do not mind, but logs and certificates do: set it, with NTP.");
    }

    private static void quiet(List<Node> present, List<Finding> findings) {
        List<Node> workers = present.stream().filter(Node::isWorker).toList();
        List<String> quiet = workers.stream()
                .filter(node -> node.load().stage() == Node.Stage.QUIET)
                .map(Node::id)
                .toList();
        boolean all = workers.stream().noneMatch(node -> node.load().stage() == Node.Stage.ACTIVE);
        if (!quiet.isEmpty()) {
            String some = String.join(" ", quiet.subList(0, Math.min(NAMED, quiet.size())));
            findings.add(finding(
                    all ? Severity.WARNING : Severity.NOTE,
                    all ? "all-quiet" : "node-quiet",
                    (all
                                    ? "Every worker is quiet, as told, so nothing new is run"
                                    : quiet.size() + " of " + workers.size() + " workers are quiet, as told")
                            + ". Let them go on with: millrace nodes resume " + some));
        }
    }

    private static void versions(List<Node> present, List<Finding> findings) {
        Set<String> versions = present.stream().map(Node::version).collect(Collectors.toCollection(TreeSet::new));
        if (versions.size() > 1) {
            findings.add(finding(
                    Severity.WARNING,
                    "node-versions",
                    "The nodes are of different versions (" + String.join(", ", versions)
                            + "). That works during an upgrade: finish it."));
        }
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "nodes", code, sentence);
    }
}
