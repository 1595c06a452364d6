package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** On SQLite there is one process, whatever somebody asks of the cluster. */
class SqliteTest {
    private final List<Manifest> all = new Kustomization(Deploy.ROOT.resolve("kubernetes/sqlite")).render();
    private final Manifest deployment = WiringTest.of(all, "Deployment").getFirst();

    @Test
    void anUpdateEndsTheOldProcessFirst() {
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(deployment.at("/spec/strategy").has("rollingUpdate")).isFalse();
    }

    @Test
    void aSecondPodIsRefused() {
        assertThat(deployment.at("/spec/replicas").asInt()).isOne();
        assertThat(Pod.in(all)).hasSize(1);
        assertThat(WiringTest.of(all, "ResourceQuota")
                        .getFirst()
                        .at("/spec/hard/pods")
                        .asText())
                .isEqualTo("1");
        assertThat(all.stream().map(Manifest::kind))
                .doesNotContain("HorizontalPodAutoscaler", "ScaledObject", "PodDisruptionBudget");
    }

    @Test
    void theFileIsOnADiskThatStays() {
        Manifest settings = WiringTest.of(all, "ConfigMap").getFirst();
        String directory = settings.at("/data/MILLRACE_DATA").asText();

        assertThat(settings.at("/data/MILLRACE_STORE").asText()).isEqualTo("sqlite");
        assertThat(deployment
                        .at("/spec/template/spec/containers/0/volumeMounts")
                        .valueStream())
                .anyMatch(mount -> mount.path("mountPath").asText().equals(directory)
                        && mount.path("name").asText().equals("data"));
        assertThat(deployment.at("/spec/template/spec/volumes").findValuesAsText("claimName"))
                .containsExactly(
                        WiringTest.of(all, "PersistentVolumeClaim").getFirst().name());
        assertThat(deployment.at("/spec/template/spec/securityContext/fsGroup").asInt())
                .isEqualTo(deployment
                        .at("/spec/template/spec/securityContext/runAsGroup")
                        .asInt());
    }

    /** A file that several processes share needs Redis: no other installation mounts a claim into Millrace. */
    @Test
    void everythingElseIsOnRedis() {
        for (Kustomization installation : Deploy.installations()) {
            if (!installation.directory().endsWith("sqlite")) {
                assertThat(Pod.in(installation.render()).stream()
                                .filter(pod -> pod.millrace().isPresent()))
                        .isNotEmpty()
                        .allSatisfy(pod -> {
                            assertThat(pod.spec().findValues("claimName")).isEmpty();
                            assertThat(pod.spec().toString()).contains("MILLRACE_REDIS_URL");
                        });
            }
        }
    }
}
