package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The compose file. */
record Compose(JsonNode json) {
    static final Path DIRECTORY = Deploy.ROOT.resolve("compose");

    static Compose read() {
        return new Compose(Yaml.document(DIRECTORY.resolve("compose.yaml")));
    }

    Stream<Map.Entry<String, JsonNode>> services() {
        return json.path("services").propertyStream();
    }

    JsonNode service(String name) {
        return json.path("services").path(name);
    }

    static boolean isMillrace(JsonNode service) {
        return service.path("image").asText().startsWith("millrace:");
    }

    static List<String> command(JsonNode service) {
        return service.path("command").valueStream().map(JsonNode::asText).toList();
    }

    List<SettingsTest.Start> millraces() {
        return services()
                .filter(service -> isMillrace(service.getValue()))
                .map(service -> new SettingsTest.Start(
                        "compose: " + service.getKey(), command(service.getValue()), environment(service.getValue())))
                .toList();
    }

    private static Map<String, String> environment(JsonNode service) {
        Map<String, String> environment = new TreeMap<>();
        service.path("environment")
                .propertyStream()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }
}
