package dev.millrace.deploy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Applies what our overlays use of RFC 6902: add at the end of a list, and replace what is there. */
final class Patch {
    private Patch() {}

    static void apply(JsonNode target, JsonNode operations, String from) {
        for (JsonNode operation : operations) {
            JsonPointer at = JsonPointer.compile(operation.path("path").asText());
            JsonNode parent = target.at(at.head());
            String name = at.last().getMatchingProperty();
            JsonNode value = operation.path("value");
            switch (operation.path("op").asText()) {
                case "replace" -> {
                    require(parent instanceof ObjectNode && parent.has(name), from, at);
                    ((ObjectNode) parent).set(name, value);
                }
                case "add" -> {
                    require(parent.isArray() && name.equals("-"), from, at);
                    ((ArrayNode) parent).add(value);
                }
                default -> throw new AssertionError(from + ": no such operation: " + operation);
            }
        }
    }

    private static void require(boolean found, String from, JsonPointer at) {
        if (!found) {
            throw new AssertionError(from + ": there is nothing to patch at " + at);
        }
    }
}
