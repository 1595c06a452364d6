package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.OwnProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A project of somebody's own that depends on the jar, as in docs/examples: built, and its tests run. */
final class OwnProject {
    private static final Path EXAMPLE = Path.of("docs/examples/own-worker");
    private static final String VERSION = OwnProgram.version();

    private final Path directory;

    private OwnProject(Path directory) {
        this.directory = directory;
    }

    /**
     * @param directory where it is built
     * @param more source files besides those of the example, by path
     * @return the jar to start
     */
    static Path build(Path directory, Map<String, String> more) throws IOException, InterruptedException {
        Path project = Files.createDirectory(directory.resolve("project"));
        copy(EXAMPLE, project);
        for (Map.Entry<String, String> file : more.entrySet()) {
            Files.writeString(project.resolve(file.getKey()), file.getValue());
        }
        new OwnProject(directory).build(project);
        return project.resolve("target/quarkus-app/quarkus-run.jar");
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
