package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy.sh against a kubectl that writes down what it was asked, and knows what it is told to know. */
class DeployScriptTest {
    private static final String KUBECTL = """
            #!/usr/bin/env bash
            echo "$*" >> "$CALLS"
            case "$*" in
              kustomize*) cat "$RENDERED" ;;
              *"-n millrace get secret millrace-access" | *"-n millrace-sqlite get secret millrace-access") [[ $KNOWN == *secret* ]] ;;
              *"get namespace"*) [[ $KNOWN == *namespace* ]] ;;
              *"get crd"*) [[ $KNOWN == *operator* ]] ;;
              *"rollout status"*) [[ $KNOWN != *broken* ]] ;;
              *"apply -f -"*) cat >> "$CALLS.secrets" ;;
            esac
            """;

    private static final String RENDERED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              labels:
                name: not-this
              name: millrace-api
            spec:
              template:
                metadata:
                  name: nor-this
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: millrace-api
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: millrace-worker
            """;

    @TempDir
    Path scratch;

    @BeforeEach
    void putKubectlFirst() throws IOException {
        Path kubectl = scratch.resolve("kubectl");
        Files.writeString(kubectl, KUBECTL);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        Files.writeString(scratch.resolve("rendered.yaml"), RENDERED);
        Files.writeString(calls(), "");
    }

    @Test
    void appliesAndWaitsForEveryDeployment() throws Exception {
        Script done = deploy("secret namespace");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(asked())
                .contains("apply -k " + Path.of("deploy/kubernetes/cluster").toAbsolutePath())
                .contains("-n millrace rollout status deployment/millrace-api --timeout 5m")
                .contains("-n millrace rollout status deployment/millrace-worker --timeout 5m")
                .noneMatch(call -> call.contains("apply -f -"));
    }

    @Test
    void keysAreMadeTheFirstTimeOnly() throws Exception {
        Script done = deploy("");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(asked()).containsSubsequence("create namespace millrace", "apply -f -");
        assertThat(Files.readString(Path.of(calls() + ".secrets"))).contains("name: millrace-access");
        assertThat(done.out() + done.err()).doesNotContain("mrk_");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Script done = deploy("", "--dry-run", "--with-monitoring");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("name: millrace-api");
        assertThat(asked()).hasSize(2).allMatch(call -> call.startsWith("kustomize "));
    }

    @Test
    void aDryRunOfARollbackNamesWhatWouldGoBack() throws Exception {
        Script done = deploy("", "--dry-run", "--with-monitoring", "--rollback");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out().lines())
                .containsExactly(
                        "would take back: deployment/millrace-api", "would take back: deployment/millrace-worker");
        assertThat(asked()).hasSize(1).allMatch(call -> call.startsWith("kustomize "));
    }

    @Test
    void monitoringNeedsTheOperator() throws Exception {
        Script refused = deploy("secret", "--with-monitoring");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Prometheus Operator is not installed");
        assertThat(asked()).noneMatch(call -> call.contains("apply"));

        assertThat(deploy("secret operator", "--with-monitoring").code()).isZero();
        assertThat(asked()).anyMatch(call -> call.startsWith("kustomize") && call.endsWith("monitoring"));
        assertThat(asked()).contains("apply -f -");
    }

    @Test
    void aRollbackTakesEveryDeploymentBackAndNothingElse() throws Exception {
        Script done = deploy("secret", "--rollback", "--context", "staging");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(asked())
                .contains("--context staging -n millrace rollout undo deployment/millrace-api")
                .contains("--context staging -n millrace rollout undo deployment/millrace-worker")
                .noneMatch(call -> call.contains("apply"));
    }

    @Test
    void whatDoesNotBecomeReadyIsAFailureThatSaysWhatToDo() throws Exception {
        Script failed = deploy("secret broken");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("--rollback");
        assertThat(asked()).contains("-n millrace get pods");
    }

    @Test
    void wrongUsageIsSaid() throws Exception {
        for (String wrong : List.of("--quick", "deploy/nowhere", "--timeout")) {
            Script refused = deploy("secret", wrong);
            assertThat(refused.code()).as(wrong).isEqualTo(2);
            assertThat(refused.err()).contains("Usage:");
        }
        assertThat(asked()).isEmpty();
    }

    @Test
    void knativeIsWaitedForAndGoesBackByTraffic() throws Exception {
        Files.writeString(scratch.resolve("rendered.yaml"), """
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata:
                  name: millrace-worker
                """);

        assertThat(deploy("secret", "deploy/knative/base").code()).isZero();
        assertThat(asked()).contains("-n millrace wait --for=condition=Ready ksvc/millrace-worker --timeout 5m");

        Script refused = deploy("secret", "deploy/knative/base", "--rollback");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("deploy/knative/rollback");
    }

    @Test
    void theNamespaceIsTheOverlays() throws Exception {
        assertThat(deploy("secret", "deploy/kubernetes/sqlite").code()).isZero();
        assertThat(asked()).anyMatch(call -> call.startsWith("-n millrace-sqlite rollout status"));
    }

    private Script deploy(String known, String... arguments) throws IOException, InterruptedException {
        Files.writeString(calls(), "");
        List<String> command = new ArrayList<>(List.of("deploy/kubernetes/deploy.sh"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "PATH",
                scratch + ":" + System.getenv("PATH"),
                "CALLS",
                calls().toString(),
                "RENDERED",
                scratch.resolve("rendered.yaml").toString(),
                "KNOWN",
                known);
        return Script.run(environment, command.toArray(String[]::new));
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(calls());
    }

    private Path calls() {
        return scratch.resolve("calls");
    }
}
