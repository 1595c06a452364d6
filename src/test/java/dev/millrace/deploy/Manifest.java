package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One resource.
 *
 * @param from the file it stands in, for messages
 */
record Manifest(String from, JsonNode json) {
    String kind() {
        return json.path("kind").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    /** Knative's Service, not the one of Kubernetes. */
    boolean isKnative() {
        return apiVersion().startsWith("serving.knative.dev/");
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    @Override
    public String toString() {
        return kind() + " " + name() + " (" + from + ")";
    }
}
