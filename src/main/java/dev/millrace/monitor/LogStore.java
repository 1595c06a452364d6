package dev.millrace.monitor;

import java.time.Duration;
import java.util.List;

/**
 * Keeps the last lines of each node's log, so that any node can tell them.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method; {@code STORE_FULL} when adding
 */
public interface LogStore {
    /** How long the lines of a node are kept after its last one. */
    Duration MEMORY = Duration.ofHours(1);

    /** Adds lines, of which the last {@link NodeLog#KEPT} are kept; a repeat of the same call adds nothing. */
    void add(String node, List<NodeLog.Line> lines);

    /** Those of a node after this number, the oldest first; empty for a node that told none. */
    List<NodeLog.Line> after(String node, long number);
}
