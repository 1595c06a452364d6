package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which tasks; null members say nothing. */
record Filter(
        String queue,
        String state,
        String type,
        String tag,
        Map<String, String> labels,
        String after,
        String before,
        String text,
        String group) {
    /** The dead of a queue that failed alike. */
    static Filter ofGroup(String queue, String group) {
        return new Filter(queue, "dead", null, null, Map.of(), null, null, null, group);
    }

    Filter in(String otherQueue) {
        return new Filter(otherQueue, state, type, tag, labels, after, before, text, group);
    }

    Filter with(String otherState) {
        return new Filter(queue, otherState, type, tag, labels, after, before, text, group);
    }

    boolean isEmpty() {
        return plain().isEmpty() && labels.isEmpty();
    }

    /** Queue and state alone choose: what fits is what the queue counts. */
    boolean isCounted() {
        return queue != null && new Filter(null, null, type, tag, labels, after, before, text, group).isEmpty();
    }

    /** For an address: each parameter with {@code &} before it. */
    String query() {
        StringBuilder query = new StringBuilder();
        plain().forEach((name, value) -> append(query, name, value));
        labels.forEach((name, value) -> append(query, "label." + name, value));
        return query.toString();
    }

    /** As actions take it. */
    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        plain().forEach(json::put);
        if (!labels.isEmpty()) {
            labels.forEach(json.putObject("labels")::put);
        }
        return json;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, String> plain() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("queue", queue);
        members.put("state", state);
        members.put("type", type);
        members.put("tag", tag);
        members.put("createdAfter", after);
        members.put("createdBefore", before);
        members.put("text", text);
        members.put("group", group);
        members.values().removeIf(value -> value == null);
        return members;
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append('&').append(encoded(name)).append('=').append(encoded(value));
    }
}
