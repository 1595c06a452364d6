package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Looks at a server again and again; rates are those since the look before. */
final class TopLook {
    private static final Pattern COUNTER =
            Pattern.compile("^(millrace_tasks_(?:submitted|started)_total)\\{.*?queue=\"([^\"]*)\".*?} (\\S+)$");
    private static final List<String> STATES = List.of("ready", "scheduled", "running", "dead");

    private final ApiClient client;
    private Map<String, Double> before = Map.of();
    private long lookedAt;

    TopLook(ApiClient client) {
        this.client = client;
    }

    /** {@code {"server", "queues": [...], "nodes": [...]}}, the busiest queues first. */
    ObjectNode runOnce() {
        ObjectNode seen = Json.MAPPER.createObjectNode();
        seen.put("server", client.server().toString());
        Map<String, Double> counters = counters();
        long now = System.nanoTime();
        double seconds = (now - lookedAt) / 1e9;
        ArrayNode queues = seen.putArray("queues");
        StreamSupport.stream(QueuesCommand.all(client).spliterator(), false)
                .map(queue -> line(queue, counters, seconds))
                .sorted(Comparator.comparingLong(TopLook::busy)
                        .reversed()
                        .thenComparing(queue -> queue.path("name").asText()))
                .forEach(queues::add);
        seen.set("nodes", NodesCommand.get(client).path("items"));
        before = counters;
        lookedAt = now;
        return seen;
    }

    private ObjectNode line(JsonNode queue, Map<String, Double> counters, double seconds) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        String name = queue.path("name").asText();
        line.put("name", name);
        line.put("paused", queue.path("paused").asBoolean());
        STATES.forEach(state -> line.put(state, queue.path("counts").path(state).asLong()));
        if (queue.has("oldestReadyAge")) {
            line.set("oldestReadyAge", queue.path("oldestReadyAge"));
        }
        rate(line, "submittedPerSecond", "millrace_tasks_submitted_total " + name, counters, seconds);
        rate(line, "startedPerSecond", "millrace_tasks_started_total " + name, counters, seconds);
        return line;
    }

    private void rate(ObjectNode line, String member, String key, Map<String, Double> counters, double seconds) {
        if (!before.isEmpty() && counters.containsKey(key)) {
            double more = counters.get(key) - before.getOrDefault(key, 0.0);
            line.put(member, Math.round(Math.max(0, more) / seconds * 10) / 10.0);
        }
    }

    private static long busy(JsonNode queue) {
        return queue.path("ready").asLong() + queue.path("running").asLong();
    }

    private Map<String, Double> counters() {
        Map<String, Double> counters = new HashMap<>();
        Answer answer = client.getText("/q/metrics");
        if (!answer.ok()) {
            throw Refused.by(answer);
        }
        answer.text().lines().forEach(text -> {
            Matcher counter = COUNTER.matcher(text);
            if (counter.matches()) {
                counters.put(counter.group(1) + " " + counter.group(2), Double.parseDouble(counter.group(3)));
            }
        });
        return counters;
    }
}
