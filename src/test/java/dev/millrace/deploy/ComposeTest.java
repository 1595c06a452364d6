package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** There is no Compose to ask here, so: what it would refuse, and what it would do that was not meant. */
class ComposeTest {
    private static final Duration DRAIN = Duration.ofSeconds(25);

    /** Of a service in the Compose specification, as much as is used. */
    private static final Set<String> KNOWN = Set.of(
            "image",
            "restart",
            "user",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt",
            "depends_on",
            "command",
            "environment",
            "ports",
            "stop_grace_period",
            "mem_limit",
            "volumes",
            "healthcheck",
            "profiles",
            "secrets");

    private final Compose compose = Compose.read();

    @Test
    void servicesUseWhatComposeKnows() {
        compose.services()
                .forEach(service -> assertThat(
                                service.getValue().propertyStream().map(java.util.Map.Entry::getKey))
                        .as(service.getKey())
                        .isSubsetOf(KNOWN)
                        .contains("image", "restart", "security_opt", "mem_limit"));
    }

    @Test
    void imagesAreNamedExactly() {
        compose.services()
                .forEach(service -> assertThat(service.getValue().path("image").asText())
                        .matches("[a-z0-9./-]+:v?\\d[A-Za-z0-9.-]*(@sha256:[0-9a-f]{64})?"));
    }

    @Test
    void everythingNamedIsThere() {
        Set<String> names = new TreeSet<>();
        compose.services().forEach(service -> names.add(service.getKey()));
        Set<String> volumes = new TreeSet<>();
        compose.json().path("volumes").fieldNames().forEachRemaining(volumes::add);

        compose.services().forEach(service -> {
            JsonNode value = service.getValue();
            JsonNode needs = value.path("depends_on");
            needs.fieldNames().forEachRemaining(name -> assertThat(names).contains(name));
            if (needs.isArray()) {
                needs.forEach(name -> assertThat(names).contains(name.asText()));
            }
            value.path("secrets")
                    .forEach(secret -> assertThat(compose.json().path("secrets").has(secret.asText()))
                            .isTrue());
            for (JsonNode volume : value.path("volumes")) {
                String source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(Compose.DIRECTORY.resolve(source)).exists();
                } else {
                    assertThat(volumes).contains(source);
                }
            }
        });
    }

    @Test
    void everyVariableIsMadeByTheScript() throws Exception {
        String made = Script.run("deploy/keys.sh", "compose").out();
        String text = Files.readString(Compose.DIRECTORY.resolve("compose.yaml"));

        assertThat(Compose.VARIABLE
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(made).containsPattern("(?m)^" + name + "=[\\w:-]+$"));
        assertThat(made).containsPattern("(?m)^METRICS_KEY=mrk_metrics_");
    }

    @Test
    void nothingIsOpenToTheNetwork() {
        compose.services()
                .forEach(service -> service.getValue()
                        .path("ports")
                        .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
        assertThat(compose.service("redis").has("ports")).isFalse();
    }

    @Test
    void ourContainersAreAsBareAsInKubernetes() {
        compose.services()
                .filter(service -> Compose.isMillrace(service.getValue()))
                .forEach(service -> {
                    JsonNode value = service.getValue();
                    assertThat(value.path("read_only").asBoolean()).isTrue();
                    assertThat(value.path("user").asText()).isEqualTo("1001:1001");
                    assertThat(value.at("/cap_drop/0").asText()).isEqualTo("ALL");
                    assertThat(value.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
                    assertThat(value.at("/tmpfs/0").asText()).startsWith("/tmp:");
                    assertThat(value.at("/depends_on/redis/condition").asText()).isEqualTo("service_healthy");
                });
    }

    @Test
    void whatRunsMayEndBeforeTheContainerIsKilled() {
        compose.services()
                .filter(service -> Compose.isMillrace(service.getValue()))
                .forEach(service -> {
                    JsonNode value = service.getValue();
                    JsonNode own = value.at("/environment/MILLRACE_DRAIN");
                    Duration drain = own.isMissingNode() ? DRAIN : Duration.parse(own.asText());
                    Duration grace = Duration.parse(
                            "PT" + value.path("stop_grace_period").asText().toUpperCase(java.util.Locale.ROOT));
                    assertThat(grace).as(service.getKey()).isGreaterThanOrEqualTo(drain.plusSeconds(10));
                });
    }

    /** Compose copies it into the container, and refuses to when the root is read-only. */
    @Test
    void whoIsGivenASecretOutOfAVariableHasARootThatCanBeWrittenTo() {
        compose.services()
                .forEach(service -> service.getValue().path("secrets").forEach(secret -> {
                    boolean copied =
                            compose.json().path("secrets").path(secret.asText()).has("environment");
                    assertThat(copied && service.getValue().path("read_only").asBoolean())
                            .as(service.getKey())
                            .isFalse();
                }));
    }

    @Test
    void workersCanBeMany() {
        assertThat(compose.service("worker").has("ports"))
                .as("two cannot publish one port")
                .isFalse();
        assertThat(compose.service("worker").has("container_name")).isFalse();
    }

    @Test
    void toolsAndMonitoringAreLeftOutUnlessAskedFor() {
        assertThat(compose.service("redis-insight").at("/profiles/0").asText()).isEqualTo("tools");
        for (String name : List.of("prometheus", "grafana")) {
            assertThat(compose.service(name).at("/profiles/0").asText()).isEqualTo("monitoring");
        }
    }

    /** In Compose and in Kubernetes alike. */
    @Test
    void redisKeepsWhatItWasGiven() throws IOException {
        String command = String.join(" ", Compose.command(compose.service("redis")));
        assertThat(command)
                .startsWith("redis-server ")
                .contains("--appendonly yes", "--maxmemory-policy noeviction", "--maxmemory ", "--requirepass ");

        String cluster = Files.readString(Path.of("deploy/kubernetes/redis/redis.yaml"));
        assertThat(cluster).contains("appendonly yes", "maxmemory-policy noeviction", "maxmemory 512mb");
    }

    @Test
    void prometheusScrapesEveryRole() {
        JsonNode scrape =
                Yaml.document(Compose.DIRECTORY.resolve("prometheus.yaml")).at("/scrape_configs/0");
        Set<String> ours = new TreeSet<>();
        compose.services()
                .filter(service -> Compose.isMillrace(service.getValue()))
                .forEach(s -> ours.add(s.getKey()));

        assertThat(scrape.at("/dns_sd_configs/0/names").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(ours);
        assertThat(scrape.path("metrics_path").asText()).isEqualTo("/q/metrics");
    }
}
