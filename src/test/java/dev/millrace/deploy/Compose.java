package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The compose file. */
public record Compose(JsonNode json) {
    static final Path DIRECTORY = Deploy.ROOT.resolve("compose");
    static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)[^}]*}");

    public static Compose read() {
        return new Compose(Yaml.document(DIRECTORY.resolve("compose.yaml")));
    }

    /** What {@code keys.sh} prints for the file {@code .env}. */
    public static Map<String, String> makeKeys() throws Exception {
        return Script.run("deploy/keys.sh", "compose")
                .out()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The same file with its variables filled in, as Compose does; one that has no value fails. */
    public Compose with(Map<String, String> variables) {
        String filled = VARIABLE.matcher(json.toString()).replaceAll(variable -> {
            String value = variables.get(variable.group(1));
            if (value == null) {
                throw new AssertionError("Nothing says what " + variable.group() + " is");
            }
            return Matcher.quoteReplacement(value);
        });
        return new Compose(Yaml.documents(filled).getFirst());
    }

    Stream<Map.Entry<String, JsonNode>> services() {
        return json.path("services").propertyStream();
    }

    public JsonNode service(String name) {
        return json.path("services").path(name);
    }

    /** Names of those that run Millrace. */
    public List<String> ours() {
        return services()
                .filter(service -> isMillrace(service.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean isMillrace(JsonNode service) {
        return service.path("image").asText().startsWith("millrace:");
    }

    public static List<String> command(JsonNode service) {
        return service.path("command").valueStream().map(JsonNode::asText).toList();
    }

    List<SettingsTest.Start> millraces() {
        return ours().stream()
                .map(name ->
                        new SettingsTest.Start("compose: " + name, command(service(name)), environment(service(name))))
                .toList();
    }

    public static Map<String, String> environment(JsonNode service) {
        Map<String, String> environment = new TreeMap<>();
        service.path("environment")
                .propertyStream()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }
}
