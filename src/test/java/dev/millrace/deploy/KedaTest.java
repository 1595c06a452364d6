package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What KEDA 2.20 makes of a trigger depends on which keys are there; its schema knows none of them. */
class KedaTest {
    private static final int LONGEST_NAME = 63;

    static List<Manifest> scalers() {
        List<Manifest> scalers = Deploy.kustomizations().stream()
                .flatMap(kustomization -> kustomization.render().stream())
                .filter(manifest -> Set.of("ScaledObject", "ScaledJob").contains(manifest.kind()))
                .toList();
        assertThat(scalers).hasSize(3);
        return scalers;
    }

    static Stream<JsonNode> triggers() {
        return scalers().stream().flatMap(scaler -> scaler.at("/spec/triggers").valueStream());
    }

    @ParameterizedTest
    @MethodSource("triggers")
    void everyValueIsAText(JsonNode trigger) {
        trigger.path("metadata")
                .forEach(value ->
                        assertThat(value.isTextual()).as(trigger.toString()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void demandOverAllStreamsIsAskedFor(Manifest scaler) {
        assertThat(scaler.at("/spec/triggers").valueStream()).anySatisfy(trigger -> {
            assertThat(trigger.path("type").asText()).isEqualTo("metrics-api");
            assertThat(trigger.at("/metadata/url").asText()).endsWith("/api/v1/scaling");
            assertThat(trigger.at("/metadata/targetValue").asDouble()).isPositive();
            assertThat(trigger.at("/metadata/activationTargetValue").asText())
                    .as("one task wakes a worker")
                    .isEqualTo("0");
            assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("millrace-api");
        });
    }

    /** The maximum of several triggers is not their sum, so a stream is named only where it is the whole queue. */
    @ParameterizedTest
    @MethodSource("scalers")
    void streamsAreMeasuredByTheirLengthAndAtMostOne(Manifest scaler) {
        List<JsonNode> streams = scaler.at("/spec/triggers")
                .valueStream()
                .filter(trigger -> trigger.path("type").asText().contains("streams"))
                .toList();
        assertThat(streams.size()).isLessThanOrEqualTo(1);
        for (JsonNode trigger : streams) {
            JsonNode keys = trigger.path("metadata");
            assertThat(keys.has("consumerGroup"))
                    .as("with a group KEDA counts lag, or what is pending")
                    .isFalse();
            assertThat(keys.has("lagCount")).isFalse();
            assertThat(keys.has("pendingEntriesCount")).isFalse();
            assertThat(keys.path("streamLength").asInt()).isPositive();
            assertThat(keys.path("activationLagCount").asText("0")).isEqualTo("0");
            assertThat(keys.path("stream").asText()).matches("mr:\\{[a-z0-9._-]+}:w:\\d:[A-Za-z0-9._:/-]+");
        }
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void boundsAndTimesAreThoseThatWereMeant(Manifest scaler) {
        JsonNode spec = scaler.at("/spec");
        assertThat(scaler.name().length()).isLessThanOrEqualTo(LONGEST_NAME);
        assertThat(spec.path("minReplicaCount").asInt(-1)).isZero();
        assertThat(spec.path("maxReplicaCount").asInt()).isPositive();
        assertThat(spec.path("pollingInterval").asInt()).isBetween(1, 30);
        if (scaler.is("ScaledObject")) {
            assertThat(spec.path("cooldownPeriod").asInt()).isPositive();
            assertThat(spec.at("/fallback/behavior").asText()).isEqualTo("currentReplicasIfHigher");
            assertThat(spec.at("/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/stabilizationWindowSeconds")
                            .asInt())
                    .isBetween(60, 3600);
        } else {
            assertThat(spec.has("fallback")).isFalse();
            assertThat(spec.at("/scalingStrategy/strategy").asText())
                    .as("the demand counts what runs")
                    .isEqualTo("default");
            assertThat(spec.at("/rollout/strategy").asText())
                    .as("jobs that run are left alone")
                    .isEqualTo("gradual");
            assertThat(spec.has("rolloutStrategy")).isFalse();
            assertThat(spec.at("/jobTargetRef/template/spec/restartPolicy").asText())
                    .isEqualTo("Never");
            assertThat(Pod.of(scaler).findFirst().orElseThrow().arguments()).contains("--exit-when-idle");
        }
    }

    @Test
    void aDeploymentHasOneScalerOrFixedReplicas() {
        for (Kustomization installation : Deploy.installations()) {
            List<Manifest> all = installation.render();
            for (Manifest deployment : WiringTest.of(all, "Deployment")) {
                long scalers = Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                        .flatMap(kind -> WiringTest.of(all, kind).stream())
                        .filter(scaler ->
                                scaler.at("/spec/scaleTargetRef/name").asText().equals(deployment.name()))
                        .count();
                assertThat(scalers)
                        .as(installation + ", " + deployment)
                        .isEqualTo(deployment.at("/spec").has("replicas") ? 0 : 1);
            }
            assertThat(Stream.of("HorizontalPodAutoscaler", "ScaledObject")
                            .flatMap(kind -> WiringTest.of(all, kind).stream())
                            .map(scaler ->
                                    scaler.at("/spec/scaleTargetRef/name").asText()))
                    .allMatch(target -> WiringTest.of(all, "Deployment").stream()
                            .anyMatch(deployment -> deployment.name().equals(target)));
        }
    }
}
