package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pin.sh on copies of the files, with a docker that knows a digest of every image, or of none. */
class PinScriptTest {
    private static final String DOCKER = """
            #!/usr/bin/env bash
            [[ "$1 $2 $3" == "buildx imagetools inspect" ]] || exit 9
            [[ $DIGESTS == none ]] && { echo "ERROR: not found" >&2; exit 1; }
            echo "sha256:$(printf %s "$DIGESTS$4" | sha256sum | cut -d ' ' -f 1)"
            """;
    private static final List<String> FILES = List.of(
            "deploy/compose/compose.yaml",
            "deploy/kubernetes/redis/redis.yaml",
            "deploy/kubernetes/base/api.yaml",
            "src/main/docker/Dockerfile.jvm",
            "src/main/docker/Dockerfile.native");

    @TempDir
    Path home;

    @BeforeEach
    void copy() throws IOException {
        for (String file : FILES) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(Path.of(file), home.resolve(file));
        }
        Files.copy(Path.of("deploy/pin.sh"), home.resolve("deploy/pin.sh"));
        Path docker = Files.createDirectory(home.resolve("bin")).resolve("docker");
        Files.writeString(docker, DOCKER);
        assertThat(docker.toFile().setExecutable(true)).isTrue();
    }

    private Script pin(String digests, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = home.resolve("deploy/pin.sh").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Script.run(
                Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH"), "DIGESTS", digests), command);
    }

    private String text(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    @Test
    void everyImageOfOthersIsPinnedAndOursIsLeftAlone() throws Exception {
        Script done = pin("first");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(text("deploy/compose/compose.yaml"))
                .containsPattern("(?m)^    image: redis:7[\\d.]+@sha256:[0-9a-f]{64}$")
                .containsPattern("(?m)^    image: grafana/grafana:[\\d.]+@sha256:[0-9a-f]{64}$")
                .containsPattern("(?m)^  image: millrace:[\\d.]+$");
        assertThat(text("deploy/kubernetes/redis/redis.yaml")).containsPattern("image: redis:7[\\d.]+@sha256:");
        assertThat(text("deploy/kubernetes/base/api.yaml")).doesNotContain("@sha256:");
        assertThat(text("src/main/docker/Dockerfile.native"))
                .containsPattern("(?m)^ARG RUNTIME=quay.io/[\\w./-]+:[\\d.]+@sha256:[0-9a-f]{64}$")
                .containsPattern("(?m)^ARG MANDREL=quay.io/[\\w./-]+:jdk-25@sha256:[0-9a-f]{64}$");
        assertThat(text("src/main/docker/Dockerfile.jvm")).containsPattern("(?m)^ARG BUILDER=maven:\\S+@sha256:");
    }

    @Test
    void whatIsPinnedGetsTheDigestOfToday() throws Exception {
        pin("first");
        String before = text("deploy/compose/compose.yaml");
        pin("second");

        assertThat(text("deploy/compose/compose.yaml")).hasSameSizeAs(before).isNotEqualTo(before);
    }

    @Test
    void nothingIsWrittenWhenADigestIsUnknown() throws Exception {
        Script failed = pin("none");

        assertThat(failed.code()).isEqualTo(1);
        for (String file : FILES) {
            assertThat(text(file)).as(file).isEqualTo(Files.readString(Path.of(file)));
        }
    }

    /** A base that is declared otherwise would not be found. */
    @Test
    void everyImageThatIsNamedIsFound() throws Exception {
        List<String> found = Script.run("deploy/pin.sh", "--list").out().lines().toList();

        assertThat(found)
                .contains("eclipse-temurin:25-jre-noble", "maven:3.9-eclipse-temurin-25")
                .hasSize(8);
    }
}
