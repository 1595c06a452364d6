package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Knative Serving 1.23 refuses or takes for something else, and its schema does not say. */
class KnativeTest {
    private static final String SCALING = "autoscaling.knative.dev/";

    /** Annotations of the template, each with what it may be. */
    private static final Map<String, Pattern> ANNOTATIONS = Map.ofEntries(
            Map.entry(SCALING + "class", Pattern.compile("kpa\\.autoscaling\\.knative\\.dev")),
            Map.entry(SCALING + "metric", Pattern.compile("concurrency|rps")),
            Map.entry(SCALING + "target", Pattern.compile("[1-9]\\d*")),
            Map.entry(SCALING + "target-utilization-percentage", Pattern.compile("[1-9]\\d?|100")),
            Map.entry(SCALING + "min-scale", Pattern.compile("\\d+")),
            Map.entry(SCALING + "max-scale", Pattern.compile("\\d+")),
            Map.entry(SCALING + "window", Pattern.compile("\\d+s")),
            Map.entry(SCALING + "scale-to-zero-pod-retention-period", Pattern.compile("\\d+[sm]")),
            Map.entry(SCALING + "target-burst-capacity", Pattern.compile("-1|\\d+")),
            Map.entry("serving.knative.dev/progress-deadline", Pattern.compile("\\d+s")));

    /** Fields of a pod that need a feature flag which is off by default, or are refused always. */
    private static final Set<String> REFUSED = Set.of(
            "securityContext",
            "affinity",
            "topologySpreadConstraints",
            "nodeSelector",
            "tolerations",
            "initContainers",
            "terminationGracePeriodSeconds",
            "restartPolicy",
            "priorityClassName",
            "runtimeClassName");

    private static final int LONGEST_REQUEST = 600;

    static List<Manifest> services() {
        List<Manifest> services = Deploy.kustomizations().stream()
                .flatMap(kustomization -> kustomization.render().stream())
                .filter(Manifest::isKnative)
                .toList();
        assertThat(services).hasSizeGreaterThan(6);
        return services;
    }

    @ParameterizedTest
    @MethodSource("services")
    void annotationsAreKnownAndInRange(Manifest service) {
        JsonNode annotations = service.at("/spec/template/metadata/annotations");
        annotations.propertyStream().forEach(annotation -> {
            assertThat(ANNOTATIONS).containsKey(annotation.getKey());
            assertThat(annotation.getValue().isTextual()).isTrue();
            assertThat(annotation.getValue().asText()).matches(ANNOTATIONS.get(annotation.getKey()));
        });
        int window = seconds(annotations.path(SCALING + "window"));
        int max = annotations.path(SCALING + "max-scale").asInt();
        assertThat(window).isBetween(6, 3600);
        assertThat(max)
                .isGreaterThanOrEqualTo(annotations.path(SCALING + "min-scale").asInt());
        assertThat(service.at("/metadata/annotations").propertyStream().map(Map.Entry::getKey))
                .as("of the service itself")
                .containsExactly("serving.knative.dev/rollout-duration");
        assertThat(service.at("/metadata/annotations/serving.knative.dev~1rollout-duration")
                        .asText())
                .matches("\\d+s");
    }

    private static int seconds(JsonNode duration) {
        return Integer.parseInt(duration.asText().replace("s", ""));
    }

    @ParameterizedTest
    @MethodSource("services")
    void nothingNeedsAFeatureThatIsOff(Manifest service) {
        JsonNode spec = service.at("/spec/template/spec");
        JsonNode container = spec.at("/containers/0");

        assertThat(spec.propertyStream().map(Map.Entry::getKey)).doesNotContainAnyElementsOf(REFUSED);
        assertThat(spec.path("containers").size()).isOne();
        assertThat(container.has("lifecycle")).isFalse();
        assertThat(container.path("ports").size()).isOne();
        assertThat(container.at("/ports/0/name").asText()).isIn("http1", "h2c");
        assertThat(spec.findValues("fieldRef")).isEmpty();
        assertThat(spec.path("volumes").findValues("persistentVolumeClaim")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void requestsMayTakeAsLongAsTheyNeed(Manifest service) {
        JsonNode spec = service.at("/spec/template/spec");
        Pod pod = Pod.of(service).findFirst().orElseThrow();
        int timeout = spec.path("timeoutSeconds").asInt();

        assertThat(timeout).isBetween(1, LONGEST_REQUEST);
        assertThat(spec.path("responseStartTimeoutSeconds").asInt()).isBetween(1, timeout);
        assertThat(spec.path("containerConcurrency").asInt(-1)).isBetween(0, 1000);
        pod.variable("MILLRACE_WORKER_SLICE").map(Duration::parse).ifPresent(slice -> {
            assertThat(slice.multipliedBy(2)).isLessThan(Duration.ofSeconds(timeout));
            assertThat(spec.path("responseStartTimeoutSeconds").asInt())
                    .as("a drain sends nothing until it is over")
                    .isEqualTo(timeout);
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void theStartHasTimeEnough(Manifest service) {
        JsonNode probe = service.at("/spec/template/spec/containers/0/startupProbe");
        int budget = probe.path("periodSeconds").asInt()
                * probe.path("failureThreshold").asInt();

        assertThat(budget)
                .isLessThan(seconds(
                        service.at("/spec/template/metadata/annotations/serving.knative.dev~1progress-deadline")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void trafficSumsUpAndNamesRevisionsOfItsService(Manifest service) {
        int sum = 0;
        for (JsonNode target : service.at("/spec/traffic")) {
            sum += target.path("percent").asInt();
            assertThat(target.has("latestRevision")).isNotEqualTo(target.has("revisionName"));
            if (target.has("revisionName")) {
                assertThat(target.path("revisionName").asText()).matches(service.name() + "-\\d{5}");
            }
        }
        assertThat(sum).isEqualTo(100);
        assertThat(service.at("/spec/traffic").findValuesAsText("tag")).doesNotHaveDuplicates();
    }

    @Test
    void aWorkerSleepsAtZeroAndRunsTasksOnlyWhileItIsAsked() {
        services().stream()
                .filter(service -> service.name().equals("millrace-worker"))
                .forEach(service -> {
                    JsonNode annotations = service.at("/spec/template/metadata/annotations");
                    assertThat(annotations.path(SCALING + "min-scale").asText()).isEqualTo("0");
                    assertThat(annotations.path(SCALING + "target").asText()).isEqualTo("1");
                    assertThat(Pod.of(service).findFirst().orElseThrow().variable("MILLRACE_WORKER_ON_DEMAND"))
                            .contains("true");
                    assertThat(service.at("/metadata/labels/networking.knative.dev~1visibility")
                                    .asText())
                            .isEqualTo("cluster-local");
                    assertThat(service.at("/spec/template/spec/containers/0/readinessProbe/httpGet/path")
                                    .asText())
                            .as("a moment without Redis is no error of the activator")
                            .isEqualTo("/q/health/started");
                });
    }

    @Test
    void theServerWakesAsManyWorkersAsMayBe() {
        for (Kustomization kustomization : Deploy.installations()) {
            List<Manifest> all = kustomization.render();
            List<Manifest> workers = all.stream()
                    .filter(manifest -> manifest.isKnative() && manifest.name().equals("millrace-worker"))
                    .toList();
            for (Manifest worker : workers) {
                Pod server = Pod.in(all).stream()
                        .filter(pod ->
                                pod.owner().isKnative() && pod.arguments().contains("api,dashboard,scheduler"))
                        .findFirst()
                        .orElseThrow();
                assertThat(server.variable("MILLRACE_POOLS_DEFAULT_KICK_URL").orElseThrow())
                        .isEqualTo("http://" + worker.name() + ".millrace.svc.cluster.local/api/v1/drain");
                assertThat(server.variable("MILLRACE_POOLS_DEFAULT_MAX_WORKERS"))
                        .contains(worker.at("/spec/template/metadata/annotations")
                                .path(SCALING + "max-scale")
                                .asText());
                assertThat(server.variable("MILLRACE_POOLS_DEFAULT_KICK_KEY")).isPresent();
            }
        }
    }

    @Test
    void withNothingAlwaysOnSomebodySweeps() {
        for (Kustomization kustomization : Deploy.installations()) {
            List<Manifest> all = kustomization.render();
            boolean sleeps = all.stream()
                    .filter(Manifest::isKnative)
                    .map(service -> service.at("/spec/template/metadata/annotations"))
                    .anyMatch(annotations -> annotations
                                            .path(SCALING + "max-scale")
                                            .asInt()
                                    != 10
                            && annotations.path(SCALING + "min-scale").asText().equals("0"));
            assertThat(WiringTest.of(all, "CronJob"))
                    .as(kustomization.toString())
                    .hasSize(sleeps ? 1 : 0);
        }
        assertThat(Deploy.pods().stream()
                        .filter(pod -> pod.owner().is("CronJob"))
                        .map(Pod::arguments))
                .allSatisfy(arguments -> assertThat(arguments).contains("--exit-when-idle"));
    }
}
