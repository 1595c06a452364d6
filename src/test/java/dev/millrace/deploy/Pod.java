package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a resource makes pods from. */
record Pod(Manifest owner, JsonNode template) {
    private static final Map<String, String> TEMPLATES = Map.of(
            "Deployment", "/spec/template",
            "StatefulSet", "/spec/template",
            "Job", "/spec/template",
            "CronJob", "/spec/jobTemplate/spec/template",
            "ScaledJob", "/spec/jobTargetRef/template");

    static Stream<Pod> of(Manifest manifest) {
        String pointer = manifest.isKnative() ? "/spec/template" : TEMPLATES.get(manifest.kind());
        return pointer == null ? Stream.empty() : Stream.of(new Pod(manifest, manifest.at(pointer)));
    }

    static List<Pod> in(List<Manifest> manifests) {
        return manifests.stream().flatMap(Pod::of).toList();
    }

    JsonNode spec() {
        return template.path("spec");
    }

    JsonNode labels() {
        return template.at("/metadata/labels");
    }

    List<JsonNode> containers() {
        return spec().path("containers").valueStream().toList();
    }

    /** The container that runs Millrace. */
    Optional<JsonNode> millrace() {
        return containers().stream()
                .filter(container -> container.path("image").asText().startsWith("millrace:"))
                .findAny();
    }

    /** Ends by itself. */
    boolean isJob() {
        return spec().has("restartPolicy");
    }

    List<String> arguments() {
        return millrace()
                .orElseThrow()
                .path("args")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** A value that the manifest gives itself. */
    Optional<String> variable(String name) {
        return millrace()
                .orElseThrow()
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findAny();
    }

    @Override
    public String toString() {
        return "pod of " + owner;
    }
}
