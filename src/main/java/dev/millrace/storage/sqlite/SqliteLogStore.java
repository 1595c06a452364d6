package dev.millrace.storage.sqlite;

import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.NodeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs of nodes, in memory: the one process that has the file open is all the nodes there are. Such a process answers from its
 * own {@link NodeLog} and shares nothing, so a server adds none; lines are taken all the same, as the port promises its users.
 */
final class SqliteLogStore implements LogStore {
    private final Map<String, List<NodeLog.Line>> logs = new ConcurrentHashMap<>();

    @Override
    public void add(String node, List<NodeLog.Line> lines) {
        logs.merge(node, last(lines), SqliteLogStore::joined);
    }

    private static List<NodeLog.Line> joined(List<NodeLog.Line> known, List<NodeLog.Line> more) {
        List<NodeLog.Line> all = new ArrayList<>(known);
        long last = known.isEmpty() ? 0 : known.getLast().number();
        more.stream().filter(line -> line.number() > last).forEach(all::add);
        return last(all);
    }

    private static List<NodeLog.Line> last(List<NodeLog.Line> lines) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - NodeLog.KEPT), lines.size()));
    }

    @Override
    public List<NodeLog.Line> after(String node, long number) {
        return logs.getOrDefault(node, List.of()).stream()
                .filter(line -> line.number() > number)
                .toList();
    }
}
