package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was seen, as lines of text that fit. */
final class TopText {
    /** Of the nodes at least so many are seen, however many queues there are. */
    private static final int NODES = 4;

    private TopText() {}

    /**
     * @param rows at most so many lines
     * @param columns at most so long
     */
    static List<String> lines(JsonNode seen, int rows, int columns) {
        List<String> queues = queues(seen.path("queues")).lines();
        List<String> nodes = nodes(seen.path("nodes")).lines();
        List<String> lines = new ArrayList<>();
        lines.add(summary(seen));
        lines.add("");
        int forNodes = Math.min(nodes.size(), NODES + 1);
        addSome(queues, Math.max(2, rows - lines.size() - 1 - forNodes), lines);
        lines.add("");
        addSome(nodes, Math.max(2, rows - lines.size()), lines);
        return lines.stream()
                .limit(rows)
                .map(line -> line.length() <= columns ? line : line.substring(0, columns))
                .toList();
    }

    private static String summary(JsonNode seen) {
        JsonNode queues = seen.path("queues");
        return "%s  %,d queues  %,d ready  %,d running  %,d dead  %,d nodes"
                .formatted(
                        seen.path("server").asText(),
                        queues.size(),
                        sum(queues, "ready"),
                        sum(queues, "running"),
                        sum(queues, "dead"),
                        seen.path("nodes").size());
    }

    private static long sum(JsonNode queues, String state) {
        return queues.valueStream()
                .mapToLong(queue -> queue.path(state).asLong())
                .sum();
    }

    private static void addSome(List<String> from, int most, List<String> to) {
        if (from.size() <= most) {
            to.addAll(from);
        } else {
            to.addAll(from.subList(0, most - 1));
            to.add("... and %,d more".formatted(from.size() - most + 1));
        }
    }

    private static Table queues(JsonNode queues) {
        Table table = new Table("QUEUE", "READY", "SCHEDULED", "RUNNING", "DEAD", "OLDEST", "IN/S", "STARTED/S", "");
        for (JsonNode queue : queues) {
            table.row(
                    queue.path("name").asText(),
                    queue.path("ready").asLong(),
                    queue.path("scheduled").asLong(),
                    queue.path("running").asLong(),
                    queue.path("dead").asLong(),
                    Ages.words(queue.path("oldestReadyAge").asText("")),
                    queue.path("submittedPerSecond").asText("-"),
                    queue.path("startedPerSecond").asText("-"),
                    queue.path("paused").asBoolean() ? "paused" : "");
        }
        return table;
    }

    private static Table nodes(JsonNode nodes) {
        return NodesCommand.table(Json.MAPPER.createObjectNode().set("items", nodes));
    }
}
