package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Compares what clients were told with what the server says happened, after everything has ended. */
final class Checker {
    private static final Set<String> WAITING = Set.of("scheduled", "ready", "running", "blocked");
    private static final Set<String> ENDED = Set.of("succeeded", "dead", "cancelled", "expired");

    /** What may stand between one run and the next. */
    private static final Set<String> CAUSES = Set.of(
            "failed", "timed-out", "lease-expired", "released", "manual-retry", "outcome-unknown", "store-rollback");

    private final Http http;
    private final String queue;

    Checker(URI server, String queue) {
        this.http = new Http(server);
        this.queue = queue;
    }

    /** Waits until nothing waits or runs any more, counts, prints, and insists that nothing went wrong. */
    Figures check(String scenario, Flood flood) {
        awaitDrained();
        Set<String> listed = listed();
        Map<String, JsonNode> tasks = tasks(listed);
        Set<String> lost = new HashSet<>(flood.acknowledged());
        lost.removeIf(id -> tasks.containsKey(id)
                && ENDED.contains(tasks.get(id).path("state").asText()));
        Set<String> unexpected = new HashSet<>(listed);
        unexpected.removeAll(flood.attempted());
        Figures figures = new Figures(
                scenario,
                flood.attempted().size(),
                flood.acknowledged().size(),
                flood.repeats(),
                tasks.size(),
                lost.size(),
                unexpected.size(),
                tasks.values().stream().mapToInt(Checker::runs).sum(),
                tasks.values().stream().mapToInt(Checker::uncaused).sum(),
                (int) tasks.values().stream()
                        .filter(task -> count(task, "completed") > 1)
                        .count());
        System.out.println(figures);
        assertThat(figures.clean()).as(figures + "; lost " + lost).isTrue();
        return figures;
    }

    void awaitDrained() {
        Until.holds("the end of all tasks in " + queue, () -> {
            JsonNode counts = http.read("/api/v1/queues/" + queue).path("counts");
            return WAITING.stream()
                            .mapToLong(state -> counts.path(state).asLong())
                            .sum()
                    == 0;
        });
    }

    private Set<String> listed() {
        Set<String> ids = new HashSet<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = http.read("/api/v1/tasks?queue=" + queue + "&limit=500" + cursor);
            page.path("items").forEach(task -> ids.add(task.path("id").asText()));
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : null;
        }
        return ids;
    }

    private Map<String, JsonNode> tasks(Set<String> ids) {
        Map<String, JsonNode> tasks = new ConcurrentHashMap<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(8)) {
            ids.forEach(id -> readers.submit(() -> tasks.put(id, http.read("/api/v1/tasks/" + id))));
        }
        assertThat(tasks.keySet()).as("every listed task can be read").containsExactlyInAnyOrderElementsOf(ids);
        return new TreeMap<>(tasks);
    }

    private static int runs(JsonNode task) {
        int leased = count(task, "leased");
        assertThat(task.path("generation").asInt())
                .as("a generation per lease: " + task)
                .isEqualTo(leased);
        return leased;
    }

    private static int uncaused(JsonNode task) {
        int uncaused = 0;
        boolean ran = false;
        boolean caused = true;
        for (JsonNode event : task.path("history")) {
            String cause = event.path("cause").asText();
            if (cause.equals("leased")) {
                uncaused += ran && !caused ? 1 : 0;
                ran = true;
                caused = false;
            } else {
                caused |= CAUSES.contains(cause);
            }
        }
        return uncaused;
    }

    private static int count(JsonNode task, String cause) {
        int count = 0;
        for (JsonNode event : task.path("history")) {
            count += event.path("cause").asText().equals(cause) ? 1 : 0;
        }
        return count;
    }
}
