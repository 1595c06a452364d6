package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.cli.Commands;
import dev.millrace.cli.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests tell Millrace, it understands: environment variables are settings, arguments are options. */
class SettingsTest {
    /** docs/configuration.md, which another test holds against the code. */
    private static final Pattern ROW = Pattern.compile("^\\| `((?:millrace|quarkus)\\.[^`]*)` \\|", Pattern.MULTILINE);

    private static final Pattern PLACEHOLDER = Pattern.compile("_(ID|NAME)_");

    /** A process as a manifest starts it. */
    record Start(String where, List<String> arguments, Map<String, String> environment) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Start> starts() {
        Stream<Start> pods = Deploy.installations().stream().flatMap(installation -> {
            List<Manifest> all = installation.render();
            return Pod.in(all).stream()
                    .filter(pod -> pod.millrace().isPresent())
                    .map(pod -> new Start(installation + ": " + pod, pod.arguments(), environment(pod, all)));
        });
        return Stream.concat(pods, Compose.read().millraces().stream());
    }

    private static Map<String, String> environment(Pod pod, List<Manifest> all) {
        Map<String, String> environment = new java.util.TreeMap<>();
        JsonNode container = pod.millrace().orElseThrow();
        Path example = Path.of("deploy/kubernetes/secret.example.yaml");
        for (JsonNode source : container.path("envFrom")) {
            String map = source.at("/configMapRef/name").asText();
            String secret = source.at("/secretRef/name").asText();
            all.stream()
                    .filter(manifest ->
                            manifest.is("ConfigMap") && manifest.name().equals(map))
                    .forEach(manifest -> put(environment, manifest.at("/data")));
            Yaml.documents(example).stream()
                    .filter(json -> json.at("/metadata/name").asText().equals(secret))
                    .forEach(json -> put(environment, json.path("stringData")));
        }
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    private static void put(Map<String, String> environment, JsonNode data) {
        data.propertyStream()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void everyVariableIsASetting(Start start) {
        assertThat(start.environment.keySet()).allSatisfy(SettingsTest::assertIsSetting);
    }

    static void assertIsSetting(String variable) throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        assertThat(ROW.matcher(page)
                        .results()
                        .map(row -> row.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                        .map(name -> PLACEHOLDER.matcher(name).replaceAll("_[A-Z0-9]+_")))
                .as(variable)
                .anyMatch(variable::matches);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void theProgramTakesItsArguments(Start start) {
        StartOptions options = options(start);

        assertThat(start.arguments.getFirst()).isEqualTo("start");
        if (options.idle() == null) {
            assertThat(options.host()).as("reachable from other pods").isEqualTo("0.0.0.0");
        }
    }

    private static StartOptions options(Start start) {
        List<StartOptions> started = new ArrayList<>();
        List<String> rest = start.arguments.subList(1, start.arguments.size());
        int code = Commands.start(started::add, Map.of()).execute(rest.toArray(String[]::new));
        assertThat(code).as(start.toString()).isZero();
        return started.getFirst();
    }

    /** Else the server would refuse to listen on an address that others reach. */
    @ParameterizedTest
    @MethodSource("starts")
    void everyKeyHasAHashAndARole(Start start) {
        Set<String> hashes = ids(start, "_HASH");
        assertThat(hashes).isNotEmpty().isEqualTo(ids(start, "_ROLES"));
        start.environment.forEach((name, value) -> {
            if (name.endsWith("_ROLES")) {
                assertThat(value).isIn("viewer", "submitter", "worker", "operator", "admin");
            }
        });
    }

    private static Set<String> ids(Start start, String ending) {
        return start.environment.keySet().stream()
                .filter(name -> name.startsWith("MILLRACE_ACCESS_KEYS_") && name.endsWith(ending))
                .map(name -> name.substring("MILLRACE_ACCESS_KEYS_".length(), name.length() - ending.length()))
                .collect(Collectors.toSet());
    }

    @Test
    void everyInstallationHasEveryRole() {
        Map<String, Set<String>> roles = starts().collect(Collectors.groupingBy(
                start -> start.where.replaceAll(":.*", ""),
                Collectors.flatMapping(start -> rolesOf(start).stream(), Collectors.toCollection(TreeSet::new))));

        assertThat(roles)
                .hasSizeGreaterThan(6)
                .allSatisfy((where, named) ->
                        assertThat(named).as(where).containsExactlyInAnyOrderElementsOf(StartOptions.ROLES));
    }

    private static Set<String> rolesOf(Start start) {
        Set<String> roles = options(start).roles();
        return roles == null ? Set.copyOf(StartOptions.ROLES) : roles;
    }
}
