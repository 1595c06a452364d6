package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod of every installation. */
class PodTest {
    private static final Pattern QUANTITY = Pattern.compile("(\\d+)(m|Mi|Gi)?");
    private static final Map<String, Long> UNITS = Map.of("m", 1L, "Mi", 1L << 20, "Gi", 1L << 30);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final String DRAIN = "PT25S";

    static List<Pod> pods() {
        List<Pod> pods = Deploy.pods();
        assertThat(pods).hasSizeGreaterThan(20);
        return pods;
    }

    static Stream<Pod> servers() {
        return pods().stream().filter(pod -> pod.millrace().isPresent() && !pod.isJob());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsRunWhereTheNamespaceIsRestricted(Pod pod) {
        JsonNode shared = pod.spec().path("securityContext");
        for (JsonNode container : pod.containers()) {
            JsonNode own = container.path("securityContext");
            assertThat(either(own, shared, "/runAsNonRoot").asBoolean()).isTrue();
            assertThat(either(own, shared, "/runAsUser").asInt()).isPositive();
            assertThat(either(own, shared, "/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(own.at("/capabilities/add").isMissingNode()).isTrue();
        }
    }

    private static JsonNode either(JsonNode own, JsonNode shared, String pointer) {
        JsonNode value = own.at(pointer);
        return value.isMissingNode() ? shared.at(pointer) : value;
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsCannotCallKubernetes(Pod pod) {
        assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(pod.spec().path("serviceAccountName").asText()).isNotEmpty().isNotEqualTo("default");
        assertThat(pod.spec().path("enableServiceLinks").asBoolean(true))
                .as("links become MILLRACE_ variables that are no settings")
                .isFalse();
        assertThat(pod.spec().has("hostNetwork")).isFalse();
        assertThat(pod.spec().has("hostPID")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsAskForWhatTheyNeedAndAreBoundInMemory(Pod pod) {
        for (JsonNode container : pod.containers()) {
            JsonNode requests = container.at("/resources/requests");
            long memory = quantity(requests.path("memory").asText());
            assertThat(quantity(requests.path("cpu").asText())).isPositive();
            assertThat(memory).isPositive();
            assertThat(quantity(container.at("/resources/limits/memory").asText()))
                    .isGreaterThanOrEqualTo(memory);
        }
    }

    private static long quantity(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        assertThat(matcher.matches()).as("quantity '%s'", text).isTrue();
        return Long.parseLong(matcher.group(1)) * (matcher.group(2) == null ? 1000 : UNITS.get(matcher.group(2)));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsMountWhatTheyDeclareAndHaveATmp(Pod pod) {
        Stream<String> declared = Stream.concat(
                        pod.spec().path("volumes").valueStream(),
                        pod.owner()
                                .at("/spec/volumeClaimTemplates")
                                .valueStream()
                                .map(one -> one.path("metadata")))
                .map(volume -> volume.path("name").asText());
        List<JsonNode> mounts = pod.containers().stream()
                .flatMap(container -> container.path("volumeMounts").valueStream())
                .toList();

        assertThat(mounts.stream().map(mount -> mount.path("name").asText()))
                .containsExactlyInAnyOrderElementsOf(declared.toList());
        if (pod.millrace().isPresent()) {
            assertThat(mounts.stream().map(mount -> mount.path("mountPath").asText()))
                    .contains("/tmp");
        }
        pod.spec()
                .path("volumes")
                .findValues("emptyDir")
                .forEach(empty -> assertThat(empty.has("sizeLimit")).isTrue());
    }

    @Test
    void imagesAreNamedExactlyAndOursIsThisVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
        for (Pod pod : pods()) {
            for (JsonNode container : pod.containers()) {
                String image = container.path("image").asText();
                assertThat(image)
                        .as(pod.toString())
                        .matches("[a-z0-9./-]+:[v0-9][A-Za-z0-9.-]*(@sha256:[0-9a-f]{64})?");
                if (image.startsWith("millrace:")) {
                    assertThat(image).isEqualTo("millrace:" + version);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void serversAreProbedAtTheirOwnPort(Pod pod) {
        JsonNode container = pod.millrace().orElseThrow();
        JsonNode port = container.path("ports").get(0);

        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
        assertThat(container.at("/livenessProbe/httpGet/path").asText())
                .as("a restart does not mend a store that is away")
                .isEqualTo("/q/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).matches("/q/health/(ready|started)");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").asText())
                    .isIn(port.path("name").asText(), port.path("containerPort").asText());
            assertThat(container.path(probe).path("timeoutSeconds").asInt()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatRunsMayEndBeforeThePodIsKilled(Pod pod) {
        Duration drain = Duration.parse(pod.variable("MILLRACE_DRAIN").orElse(DRAIN));
        Duration before = Duration.ofSeconds(pod.millrace()
                .orElseThrow()
                .at("/lifecycle/preStop/sleep/seconds")
                .asInt());
        // Knative's grace period is the request's timeout, and SIGTERM comes 30 s into it.
        Duration grace = pod.owner().isKnative()
                ? Duration.ofSeconds(pod.spec().path("timeoutSeconds").asInt() - 30)
                : Duration.ofSeconds(
                        pod.spec().path("terminationGracePeriodSeconds").asInt());

        assertThat(grace).isGreaterThanOrEqualTo(drain.plus(before).plus(MARGIN));
    }
}
