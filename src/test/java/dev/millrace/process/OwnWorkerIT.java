package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.cluster.OwnProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody's own that depends on the jar, as in docs/examples: built, its tests run, and started. */
class OwnWorkerIT {
    private static final Path EXAMPLE = Path.of("docs/examples/own-worker");
    private static final String VERSION = OwnProgram.version();

    @TempDir
    Path directory;

    @Test
    void aProjectWithAHandlerIsACompleteWorker() throws Exception {
        Path project = Files.createDirectory(directory.resolve("project"));
        copy(EXAMPLE, project);
        build(project);

        Path jar = project.resolve("target/quarkus-app/quarkus-run.jar");
        try (MillraceProcess server = MillraceProcess.startJar(jar, directory)) {
            Http http = new Http(server.uri());
            JsonNode task = http.post(
                            "/api/v1/queues/orders/tasks",
                            "{\"type\": \"invoice.write\", \"payload\": {\"customer\": \"Ada\", \"cents\": 1250}}",
                            "Prefer",
                            "wait=20")
                    .json();
            assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("succeeded");
            assertThat(task.path("result").asText()).isEqualTo("Invoice for Ada");
            assertThat(http.read("/api/v1/tasks/remind-" + task.path("id").asText())
                            .path("state")
                            .asText())
                    .isEqualTo("ready");
            assertThat(http.get("/").body()).as("the dashboard").contains("</html>");
            JsonNode node = http.read("/api/v1/clustering/nodes").at("/items/0");
            assertThat(node.path("version").asText()).as("of Millrace").isEqualTo(VERSION);
            assertThat(server.stop()).isIn(0, 143);
        }
    }

    private void build(Path project) throws IOException, InterruptedException {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        try {
            fill(repository);
            build(project, repository);
        } finally {
            unlink(repository);
            unlink(repository.resolve("dev"));
        }
    }

    private void build(Path project, Path repository) throws IOException, InterruptedException {
        ProcessBuilder maven = new ProcessBuilder(
                        "mvn", "-B", "-ntp", "-q", "-o", "-Dmaven.repo.local=" + repository, "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("build.log").toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process build = maven.start();
        try {
            boolean ended = build.waitFor(5, TimeUnit.MINUTES);
            assertThat(ended && build.exitValue() == 0)
                    .as(Files.readString(directory.resolve("build.log")))
                    .isTrue();
        } finally {
            build.destroyForcibly();
        }
    }

    /** The one that this build uses, and the jar and its POM as if they were installed there. */
    private static void fill(Path ours) throws IOException {
        Path theirs =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        Path group = ours.resolve("dev");
        linkAll(theirs, ours, "dev");
        Files.createDirectory(group);
        if (Files.isDirectory(theirs.resolve("dev"))) {
            linkAll(theirs.resolve("dev"), group, "millrace");
        }
        Path artifact = Files.createDirectories(group.resolve("millrace/millrace/" + VERSION));
        Files.copy(Path.of("target/millrace-" + VERSION + ".jar"), artifact.resolve("millrace-" + VERSION + ".jar"));
        Files.copy(Path.of("pom.xml"), artifact.resolve("millrace-" + VERSION + ".pom"));
    }

    private static void unlink(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static void linkAll(Path from, Path to, String but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(but)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path there = to.resolve(from.relativize(file).toString());
                Files.createDirectories(there.getParent());
                Files.copy(file, there);
            }
        }
    }
}
