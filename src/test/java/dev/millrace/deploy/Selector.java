package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Labels, each with the values that will do. */
record Selector(Map<String, Set<String>> wanted) {
    /** With {@code matchLabels} and {@code matchExpressions}; everything when empty. */
    static Selector of(JsonNode selector) {
        Map<String, Set<String>> wanted = plain(selector.path("matchLabels")).wanted;
        selector.path("matchExpressions").forEach(expression -> {
            if (!expression.path("operator").asText().equals("In")) {
                throw new AssertionError("This test knows In alone: " + expression);
            }
            wanted.put(
                    expression.path("key").asText(),
                    expression
                            .path("values")
                            .valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()));
        });
        return new Selector(wanted);
    }

    /** Of a Service: labels alone. */
    static Selector plain(JsonNode labels) {
        return new Selector(labels.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> Set.of(label.getValue().asText()))));
    }

    boolean matches(JsonNode labels) {
        return wanted.entrySet().stream()
                .allMatch(label ->
                        label.getValue().contains(labels.path(label.getKey()).asText()));
    }
}
