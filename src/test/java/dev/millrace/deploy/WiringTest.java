package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one resource says of another is so. */
class WiringTest {
    static List<Kustomization> installations() {
        List<Kustomization> installations = Deploy.installations();
        assertThat(installations.stream().map(Kustomization::toString))
                .contains("deploy/kubernetes/cluster", "deploy/kubernetes/sqlite", "deploy/keda/jobs");
        return installations;
    }

    @Test
    void everyManifestIsPartOfSomething() {
        Set<Path> used = Deploy.kustomizations().stream()
                .flatMap(kustomization -> kustomization.files().stream())
                .collect(Collectors.toSet());
        Set<Path> there = new TreeSet<>(Deploy.files(".yaml"));
        there.removeIf(file -> file.startsWith("deploy/compose") || file.startsWith("deploy/aws-lambda"));
        there.removeAll(List.of(
                Path.of("deploy/kubernetes/secret.example.yaml"),
                Path.of("deploy/monitoring/rules/millrace.yaml"),
                Path.of("deploy/monitoring/rules/millrace.test.yaml")));

        assertThat(used).containsAll(there);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void noResourceStandsTwice(Kustomization installation) {
        assertThat(installation.render().stream()
                        .map(manifest -> manifest.apiVersion() + " " + manifest.kind() + " " + manifest.name()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void workloadsSelectTheirOwnPods(Kustomization installation) {
        for (Pod pod : Pod.in(installation.render())) {
            JsonNode selector = pod.owner().at("/spec/selector");
            if (!selector.isMissingNode()) {
                assertThat(Selector.of(selector).matches(pod.labels()))
                        .as(pod.toString())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void noTwoWorkloadsShareTheirPods(Kustomization installation) {
        assertThat(Pod.in(installation.render()).stream()
                        .map(pod -> pod.labels().toString()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void servicesLeadToPortsOfPods(Kustomization installation) {
        List<Manifest> all = installation.render();
        all.stream()
                .filter(manifest -> manifest.is("Service") && !manifest.isKnative())
                .forEach(service -> {
                    List<Pod> pods = selected(all, Selector.plain(service.at("/spec/selector")));
                    assertThat(pods).as(service.toString()).hasSize(1);
                    service.at("/spec/ports")
                            .forEach(port -> assertThat(ports(pods.getFirst()))
                                    .as(service.toString())
                                    .contains(port.path("targetPort").asText()));
                });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void budgetsAndPoliciesConcernPodsThatExist(Kustomization installation) {
        List<Manifest> all = installation.render();
        for (Manifest budget : of(all, "PodDisruptionBudget")) {
            assertThat(selected(all, Selector.of(budget.at("/spec/selector"))))
                    .as(budget.toString())
                    .hasSize(1);
        }
        for (Manifest policy : of(all, "NetworkPolicy")) {
            List<Pod> pods = selected(all, Selector.of(policy.at("/spec/podSelector")));
            assertThat(pods).as(policy.toString()).isNotEmpty();
            for (JsonNode port : policy.at("/spec/ingress").findValues("port")) {
                if (port.isTextual()) {
                    assertThat(pods.stream().map(WiringTest::ports))
                            .as(policy.toString())
                            .allMatch(ports -> ports.isEmpty() || ports.contains(port.asText()));
                }
            }
            for (JsonNode peer : policy.at("/spec").findValues("podSelector")) {
                if (!peer.at("/matchLabels/k8s-app").asText().equals("kube-dns")) {
                    assertThat(selected(all, Selector.of(peer)))
                            .as(policy.toString())
                            .isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void nothingIsAllowedThatNoPolicyNames(Kustomization installation) {
        List<Manifest> all = installation.render();
        if (!all.stream().anyMatch(manifest -> manifest.name().equals("one-pod"))) {
            assertThat(of(all, "NetworkPolicy")).anySatisfy(policy -> {
                assertThat(policy.at("/spec/podSelector").isEmpty()).isTrue();
                assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
                assertThat(policy.at("/spec/ingress").isMissingNode()).isTrue();
                assertThat(policy.at("/spec/egress").isMissingNode()).isTrue();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void whatPodsReferToIsThere(Kustomization installation) {
        List<Manifest> all = Stream.concat(installation.render().stream(), secrets().stream())
                .toList();
        for (Pod pod : Pod.in(all)) {
            String account = pod.spec().path("serviceAccountName").asText();
            assertThat(named(all, "ServiceAccount", account)).as(pod.toString()).hasSize(1);
            pod.spec().path("volumes").findValues("configMap").forEach(map -> reference(all, "ConfigMap", map));
            pod.spec().findValues("configMapRef").forEach(map -> reference(all, "ConfigMap", map));
            pod.spec().findValues("secretRef").forEach(secret -> reference(all, "Secret", secret));
            pod.spec().findValues("secretKeyRef").forEach(secret -> reference(all, "Secret", secret));
            pod.spec()
                    .findValues("claimName")
                    .forEach(claim -> assertThat(named(all, "PersistentVolumeClaim", claim.asText()))
                            .hasSize(1));
        }
        for (Manifest authentication : of(all, "TriggerAuthentication")) {
            authentication.at("/spec/secretTargetRef").forEach(secret -> reference(all, "Secret", secret));
            authentication.at("/spec/configMapTargetRef").forEach(map -> reference(all, "ConfigMap", map));
        }
    }

    private static void reference(List<Manifest> all, String kind, JsonNode reference) {
        List<Manifest> found = named(all, kind, reference.path("name").asText());
        assertThat(found).as(kind + " " + reference).hasSize(1);
        if (reference.has("key")) {
            JsonNode data = found.getFirst().at(kind.equals("Secret") ? "/stringData" : "/data");
            assertThat(data.has(reference.path("key").asText()))
                    .as(reference.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("installations")
    void routesLeadToServices(Kustomization installation) {
        List<Manifest> all = installation.render();
        for (Manifest ingress : of(all, "Ingress")) {
            for (JsonNode backend : ingress.json().findValues("service")) {
                List<Manifest> found =
                        named(all, "Service", backend.path("name").asText());
                assertThat(found).as(backend.toString()).hasSize(1);
                assertThat(found.getFirst().at("/spec/ports").findValuesAsText("name"))
                        .contains(backend.at("/port/name").asText());
            }
        }
        Set<String> hosts = of(all, "Service").stream()
                .map(service -> service.name() + ".millrace.svc.cluster.local")
                .collect(Collectors.toSet());
        all.stream()
                .flatMap(manifest -> java.util.regex.Pattern.compile("[a-z-]+\\.millrace\\.svc\\.cluster\\.local")
                        .matcher(manifest.json().toString())
                        .results()
                        .map(match -> match.group()))
                .forEach(host -> assertThat(hosts).contains(host));
    }

    @Test
    void monitorsFindEveryRole() {
        List<Manifest> cluster = new Kustomization(Deploy.ROOT.resolve("kubernetes/cluster")).render();
        List<Manifest> monitoring = new Kustomization(Deploy.ROOT.resolve("monitoring")).render();
        Selector services =
                Selector.of(of(monitoring, "ServiceMonitor").getFirst().at("/spec/selector"));
        Selector pods = Selector.of(of(monitoring, "PodMonitor").getFirst().at("/spec/selector"));

        for (Pod pod : Pod.in(cluster)) {
            if (pod.millrace().isPresent()) {
                long byService = of(cluster, "Service").stream()
                        .filter(service -> services.matches(service.at("/metadata/labels")))
                        .filter(service ->
                                Selector.plain(service.at("/spec/selector")).matches(pod.labels()))
                        .count();
                assertThat(byService + (pods.matches(pod.labels()) ? 1 : 0))
                        .as(pod.toString())
                        .isOne();
            }
        }
    }

    @Test
    void onlyWhoDeploysHasPermissions() {
        List<Manifest> deployer = new Kustomization(Deploy.ROOT.resolve("kubernetes/deployer")).render();

        assertThat(installations().stream()
                        .flatMap(installation -> installation.render().stream())
                        .map(Manifest::kind))
                .doesNotContain("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
        assertThat(deployer.stream()
                        .flatMap(role -> role.at("/rules").valueStream())
                        .toList())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.toString()).doesNotContain("*", "delete", "escalate"));
    }

    static List<Manifest> of(List<Manifest> all, String kind) {
        return all.stream().filter(manifest -> manifest.is(kind)).toList();
    }

    private static List<Manifest> named(List<Manifest> all, String kind, String name) {
        return of(all, kind).stream()
                .filter(manifest -> manifest.name().equals(name))
                .toList();
    }

    private static List<Manifest> secrets() {
        Path example = Path.of("deploy/kubernetes/secret.example.yaml");
        return Yaml.documents(example).stream()
                .map(json -> new Manifest(example.toString(), json))
                .toList();
    }

    private static List<Pod> selected(List<Manifest> all, Selector selector) {
        return Pod.in(all).stream()
                .filter(pod -> selector.matches(pod.labels()))
                .toList();
    }

    private static Set<String> ports(Pod pod) {
        Set<String> ports = new TreeSet<>();
        pod.containers()
                .forEach(container -> container.path("ports").forEach(port -> {
                    ports.add(port.path("name").asText());
                    ports.add(port.path("containerPort").asText());
                }));
        return ports;
    }
}
