package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** What queues count, to say beforehand how much there is. */
final class QueueCounts {
    private QueueCounts() {}

    /** How many tasks match; -1 when no counter says so. */
    static long of(ApiClient client, Filter filter) {
        return filter.isCounted()
                ? of(client.get("/api/v1/queues/" + filter.queue()).json(), filter.state())
                : -1;
    }

    /**
     * @param state null for all
     */
    static long of(JsonNode queue, String state) {
        JsonNode counts = queue.path("counts");
        return state == null
                ? counts.valueStream().mapToLong(JsonNode::asLong).sum()
                : counts.path(state).asLong();
    }
}
