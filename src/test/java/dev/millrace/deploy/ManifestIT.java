package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Manifests, alerts and scripts as other people's tools see them: {@code ./millrace test manifests}. The schemas are
 * others' work and stand outside this repository.
 */
@Tag("manifests")
class ManifestIT {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RULES = Deploy.ROOT.resolve("monitoring/rules");

    private final Map<String, JsonSchema> read = new TreeMap<>();

    @Test
    void everyManifestFitsTheSchemaOfItsKind() {
        List<String> problems = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        for (Manifest manifest : manifests()) {
            kinds.add(manifest.apiVersion() + " " + manifest.kind());
            schema(manifest).validate(manifest.json()).forEach(problem -> problems.add(manifest + ": " + problem));
        }

        assertThat(problems).isEmpty();
        System.out.println(
                "figures: " + manifests().size() + " manifests of " + kinds.size() + " kinds fit their schemas");
    }

    @Test
    void triggersHaveParametersThatTheirKindKnows() throws IOException {
        JsonNode known =
                JSON.readTree(schemas().resolve("keda-trigger-parameters.json").toFile());
        for (JsonNode trigger : KedaTest.triggers().toList()) {
            Set<String> parameters = new HashSet<>();
            known.path(trigger.path("type").asText()).forEach(name -> parameters.add(name.asText()));
            assertThat(parameters)
                    .contains(trigger.path("metadata")
                            .propertyStream()
                            .map(Map.Entry::getKey)
                            .toArray(String[]::new));
        }
    }

    @Test
    void alertsFireWhenTheyShould() throws Exception {
        Script checked = Script.run(
                "promtool", "check", "rules", RULES.resolve("millrace.yaml").toString());
        Script tested = Script.run(
                "promtool", "test", "rules", RULES.resolve("millrace.test.yaml").toString());

        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        assertThat(tested.code()).as(tested.out() + tested.err()).isZero();
    }

    /** As Prometheus reads them, with Grafana's variables filled in. */
    @Test
    void expressionsOfDashboardsAreWellFormed() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        MonitoringTest.expressions()
                .forEach(expression -> rules.append("      - record: panel\n        expr: >-\n          ")
                        .append(filled(expression).strip().replaceAll("\\s+", " "))
                        .append('\n'));
        Path file = Files.createTempFile("millrace-panels-", ".yaml");
        Files.writeString(file, rules);

        Script checked = Script.run("promtool", "check", "rules", "--lint=none", file.toString());

        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        Files.delete(file);
    }

    private static String filled(String expression) {
        return expression
                .replace("$__rate_interval", "5m")
                .replace("$__range", "1h")
                .replaceAll("\\$\\w+", ".*");
    }

    @Test
    void prometheusOfComposeTakesItsConfiguration() throws Exception {
        Path key = Files.createTempFile("millrace-key-", "");
        Path config = Files.createTempFile("millrace-prometheus-", ".yaml");
        String text = Files.readString(Compose.DIRECTORY.resolve("prometheus.yaml"));
        assertThat(text).contains("/run/secrets/metrics-key");
        Files.writeString(config, text.replace("/run/secrets/metrics-key", key.toString()));

        Script checked = Script.run("promtool", "check", "config", config.toString());

        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        Files.delete(config);
        Files.delete(key);
    }

    @Test
    void scriptsAreClean() throws Exception {
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        Deploy.files(".sh").forEach(file -> command.add(file.toString()));

        Script checked = Script.run(command.toArray(String[]::new));

        assertThat(command).hasSizeGreaterThan(2);
        assertThat(checked.code()).as(checked.out()).isZero();
    }

    /** All that is rendered, and what stands by itself. */
    private static List<Manifest> manifests() {
        Path example = Deploy.ROOT.resolve("kubernetes/secret.example.yaml");
        Stream<Manifest> single = Yaml.documents(example).stream().map(json -> new Manifest(example.toString(), json));
        Stream<Manifest> rendered =
                Deploy.kustomizations().stream().flatMap(kustomization -> kustomization.render().stream());
        return Stream.concat(rendered, single).toList();
    }

    private JsonSchema schema(Manifest manifest) {
        String file = manifest.kind() + "_" + manifest.apiVersion().replace('/', '_') + ".json";
        return read.computeIfAbsent(file, name -> {
            try {
                return SCHEMAS.getSchema(JSON.readTree(schemas().resolve(name).toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(manifest + " has no schema", e);
            }
        });
    }

    private static Path schemas() {
        String directory = System.getenv("MILLRACE_SCHEMAS");
        assertThat(directory)
                .as("Set MILLRACE_SCHEMAS to a directory of JSON Schemas named KIND_GROUP_VERSION.json")
                .isNotBlank();
        return Path.of(directory);
    }
}
