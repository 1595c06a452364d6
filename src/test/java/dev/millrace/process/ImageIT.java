package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images, as far as they can be tried without an engine: what is copied is there, and what is run runs. */
class ImageIT {
    private static final int USER = 1001;

    @TempDir
    Path directory;

    @Test
    void jvmImageIsBuiltOfWhatABuildMakesAndRunsWithItsCache() throws Exception {
        Dockerfile file = Dockerfile.read(Path.of("src/main/docker/Dockerfile.jvm"));
        assertThat(file.origin("train", "/app"))
                .isEqualTo(Path.of("target/quarkus-app"))
                .exists();
        assertSourcesExist(file);
        Path app = copy(file.origin("train", "/app"), directory.resolve("app"));
        Container container = new Container(directory, app, data());
        train(file, container, app);
        String used = Container.finish(
                container.run("1001:0", "/tmp", Map.of(), mustUseTheCache(file)), directory.resolve("used.txt"));
        assertThat(used).contains("millrace 0.");
        assertRuns(file, container);
    }

    @Test
    @Tag("native")
    void nativeImageRunsWithoutAShell() throws Exception {
        Dockerfile file = Dockerfile.read(Path.of("src/main/docker/Dockerfile.native"));
        Path app = Files.createDirectory(directory.resolve("app"));
        Files.copy(Path.of(MillraceProcess.program().getFirst()), app.resolve("millrace"));
        assertThat(file.image().all("RUN")).isEmpty();
        assertRuns(file, new Container(directory, app, data()));
    }

    @Test
    void imagesHaveAnUnprivilegedUserLabelsAndNoShellInWhatTheyRun() throws IOException {
        for (String name : List.of("Dockerfile.jvm", "Dockerfile.native")) {
            Dockerfile file = Dockerfile.read(Path.of("src/main/docker", name));
            assertSourcesExist(file);
            Dockerfile.Stage image = file.image();
            assertThat(image.last("USER")).isEqualTo(USER + ":0");
            assertThat(Files.readString(Path.of("src/main/docker", name))).containsPattern("0700.* /data");
            assertThat(image.last("LABEL")).contains("org.opencontainers.image.version=\"" + version() + "\"");
            assertThat(image.words("CMD")).isEqualTo(List.of("start"));
            assertThat(image.words("ENTRYPOINT")).isNotEmpty();
            assertThat(image.words("HEALTHCHECK")).endsWith("health", "--probe", "live");
        }
    }

    /** Of the sources, what .dockerignore lets in. */
    private static void assertSourcesExist(Dockerfile file) throws IOException {
        List<String> let = Files.readAllLines(Path.of(".dockerignore"));
        for (Dockerfile.Stage stage : file.stages()) {
            for (Dockerfile.Copy copy : stage.copies()) {
                if (copy.from() == null) {
                    assertThat(Path.of(copy.source())).exists();
                    assertThat(let).contains("!" + copy.source().split("/")[0]);
                }
            }
        }
        assertThat(file.origin("build", "/build/src/main/launcher/train")).exists();
    }

    private void train(Dockerfile file, Container container, Path app) throws Exception {
        Dockerfile.Stage stage = file.stages().get(1);
        assertThat(stage.last("RUN")).isEqualTo("bash /train \"$JAVA_HOME\" /app");
        Path script = Files.copy(file.origin("train", "/train"), app.resolve("train"));
        Container.finish(
                container.build(List.of("bash", "/app/train", "/opt/java/openjdk", "/app")),
                directory.resolve("train.txt"));
        Files.delete(script);
        assertThat(app.resolve("server.aot")).exists();
        assertThat(app.resolve("client.aot")).exists();
    }

    /** The entry point, but refusing to start without its cache. */
    private static List<String> mustUseTheCache(Dockerfile file) {
        List<String> words = new ArrayList<>(file.image().words("ENTRYPOINT"));
        words.add(1, "-XX:AOTMode=on");
        words.add("--version");
        return words;
    }

    private void assertRuns(Dockerfile file, Container container) throws Exception {
        Dockerfile.Stage image = file.image();
        int port = FreePort.next();
        Map<String, String> environment = new LinkedHashMap<>(image.environment());
        environment.put("QUARKUS_HTTP_PORT", "" + port);
        environment.put("MILLRACE_SERVER", "http://127.0.0.1:" + port);
        List<String> words = new ArrayList<>(image.words("ENTRYPOINT"));
        words.addAll(image.words("CMD"));
        Path log = directory.resolve("server.txt");
        Process server = container
                .run(image.last("USER"), image.last("WORKDIR"), environment, words)
                .redirectOutput(log.toFile())
                .start();
        try {
            Until.holds("the server", () -> !server.isAlive() || text(log).contains("Listening on"));
            assertThat(server.isAlive()).as(text(log)).isTrue();
            assertThat(text(log)).doesNotContain("WARN", "ERROR");
            String health = Container.finish(
                    container.run(image.last("USER"), image.last("WORKDIR"), environment, image.words("HEALTHCHECK")),
                    directory.resolve("health.txt"));
            assertThat(health).contains("live: up");
            assertThat(Files.getAttribute(directory.resolve("data/millrace.db"), "unix:uid"))
                    .isEqualTo(USER);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private Path data() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(data, "unix:uid", USER);
        return data;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith(".aot")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    private static String version() throws IOException {
        return Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
