package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ./millrace in a directory of its own, with a JDK that only says what it was asked and a training that is told how to end. */
class LauncherTest {
    private static final String JAVA = """
            #!/usr/bin/env bash
            echo "java $*"
            """;
    private static final String TRAIN = """
            #!/usr/bin/env bash
            echo "asked" >> "$2/trainings"
            rm -f "$2"/*.aot
            [[ ! -f $2/fails ]] || { echo "no space"; exit 1; }
            echo server > "$2/server.aot"
            echo client > "$2/client.aot"
            """;
    private static final String RENEWED = "The AOT cache is not whole, or was made for another JDK: making one, once";

    /** Of whoever runs the tests: they change what the launcher says to the JDK. */
    private static final Map<String, String> NO_OPTIONS =
            Map.of("JAVA_OPTS", "", "JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", "");

    @TempDir
    Path home;

    private Path app;

    @BeforeEach
    void install() throws IOException {
        app = Files.createDirectories(home.resolve("target/quarkus-app"));
        Files.writeString(app.resolve("quarkus-run.jar"), "");
        Files.copy(Path.of("millrace"), home.resolve("millrace"));
        program(home.resolve("src/main/launcher/train"), TRAIN);
        jdk("first", "25.0.1");
        jdk("second", "25.0.2");
        Files.writeString(app.resolve("aot.jdk"), "");
        start("first");
    }

    private void jdk(String name, String version) throws IOException {
        program(home.resolve(name).resolve("bin/java"), JAVA);
        Files.writeString(home.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Script start(String jdk, String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = home.resolve("millrace").toString();
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Map<String, String> environment = new HashMap<>(NO_OPTIONS);
            environment.put("JAVA_HOME", home.resolve(jdk).toString());
            return Script.run(environment, command);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private long trainings() throws IOException {
        return Files.readString(app.resolve("trainings")).lines().count();
    }

    @Test
    void cacheIsUsedAsLongAsItFits() throws IOException {
        Script server = start("first", "start");
        assertThat(server.out()).contains("-XX:AOTCache=" + app.resolve("server.aot"), "quarkus-run.jar start");
        assertThat(server.err()).isEmpty();
        assertThat(start("first", "status").out()).contains("-XX:AOTCache=" + app.resolve("client.aot"));
        assertThat(trainings()).isEqualTo(1);
    }

    @Test
    void whatSoonEndsIsStartedForAShortLife() throws IOException {
        String small = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
        assertThat(start("first", "start", "--roles", "worker", "--exit-when-idle")
                        .out())
                .contains(small);
        assertThat(start("first", "status").out()).contains(small);
        assertThat(start("first", "start", "--port", "9000").out()).doesNotContain(small);
        assertThat(start("first", "bench").out()).doesNotContain(small);
    }

    @Test
    void cacheOfAnotherJdkIsMadeAnewOnceAndSaid() throws IOException {
        Script other = start("second", "status");

        assertThat(other.err()).contains(RENEWED);
        assertThat(other.out()).contains("-XX:AOTCache=", "status");
        assertThat(start("second", "status").err()).isEmpty();
        assertThat(trainings()).isEqualTo(2);
    }

    @Test
    void cacheThatIsCutOffOrGoneIsMadeAnewOnceAndSaid() throws IOException {
        Files.writeString(app.resolve("server.aot"), "");
        assertThat(start("first", "status").err()).contains(RENEWED);
        assertThat(app.resolve("server.aot")).isNotEmptyFile();
        Files.delete(app.resolve("client.aot"));
        assertThat(start("first", "status").err()).contains(RENEWED);
        assertThat(start("first", "status").err()).isEmpty();
        assertThat(trainings()).isEqualTo(3);
    }

    @Test
    void programStartsWithoutACacheWhenNoneCanBeMade() throws IOException {
        Files.writeString(app.resolve("fails"), "");

        Script started = start("second", "status");

        assertThat(started.code()).isZero();
        assertThat(started.out()).contains("quarkus-run.jar status");
        assertThat(started.err())
                .contains("No AOT cache could be made, so starts take longer; " + home.resolve("target/train.log"));
        assertThat(Files.readString(home.resolve("target/train.log"))).contains("no space");
        assertThat(start("second", "status").err()).as("said once").isEmpty();
    }

    private Path nativeExecutable() throws IOException {
        Path executable = home.resolve("target/millrace-1-runner");
        program(executable, "#!/usr/bin/env bash\necho \"native $*\"\n");
        return executable;
    }

    private static void age(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    @Test
    void nativeExecutableRunsWhenItWasBuiltLastAndNeedsNoJdk() throws IOException {
        nativeExecutable();
        assertThat(start("nowhere", "start", "--port", "9000").out()).isEqualTo("native start --port 9000\n");
        age(home.resolve("target/millrace-1-runner"), 60);
        assertThat(start("first", "status").out())
                .as("the jar was built after it")
                .startsWith("java");
    }

    @Test
    void nativeExecutableOlderThanTheSourcesIsLeftAside() throws IOException {
        age(nativeExecutable(), 60);
        age(app.resolve("quarkus-run.jar"), 120);
        Files.createDirectories(home.resolve("src/main"));
        assertThat(start("first", "status").out()).startsWith("native");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        age(home.resolve("pom.xml"), 300);
        Files.writeString(home.resolve("src/main/Changed.java"), "");
        assertThat(start("first", "status").out()).doesNotContain("native");
    }

    private Script maven(String... arguments) throws Exception {
        program(home.resolve("first/bin/javac"), "");
        program(home.resolve("bin/mvn"), """
                #!/usr/bin/env bash
                echo "mvn $*"
                [[ ! -f %1$s || $* != *"$(<%1$s)"* ]]
                """.formatted(home.resolve("broken")));
        String[] command = new String[arguments.length + 1];
        command[0] = home.resolve("millrace").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Script.run(
                Map.of(
                        "JAVA_HOME",
                        home.resolve("first").toString(),
                        "PATH",
                        home.resolve("bin") + ":" + System.getenv("PATH")),
                command);
    }

    @Test
    void everyPartOfTheSuiteIsRunAndOneThatFailsMakesItFail() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Script passed = maven("test");
        assertThat(passed.code()).as(passed.err()).isZero();
        assertThat(passed.out())
                .startsWith("mvn -B -ntp package -DskipTests")
                .contains("surefire:test@server-test", "surefire:test@default-test", "failsafe:verify@default");
        assertThat(trainings()).as("for the processes of tests").isEqualTo(2);

        Map<String, String> parts = Map.of(
                "surefire:test@server-test", "the tests with a server.",
                "surefire:test@default-test", "the plain tests.",
                "failsafe:verify@default", "the tests of processes.");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            Files.writeString(home.resolve("broken"), part.getKey());
            Script failed = maven("test");
            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.err()).endsWith("millrace: Not all passed of " + part.getValue() + "\n");
            assertThat(failed.out()).contains(parts.keySet());
        }
        Files.writeString(home.resolve("broken"), "package");
        Script unbuilt = maven("test");
        assertThat(unbuilt.code()).isEqualTo(1);
        assertThat(unbuilt.out()).doesNotContain("surefire");
    }

    @Test
    void testsOfProcessesBuildNothingAnewUnlessSomethingIsNewer() throws Exception {
        Path pom = Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("target/test-classes"));
        Path test = Files.createDirectories(home.resolve("src/test")).resolve("SomeTest.java");
        Files.writeString(test, "");
        try (var sources = Files.walk(home.resolve("src"))) {
            for (Path source : sources.toList()) {
                age(source, 60);
            }
        }
        age(pom, 60);
        assertThat(maven("test", "crash").out())
                .contains("mvn -B -ntp failsafe:integration-test@default", "groups=crash");

        Files.writeString(test, "changed");
        Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(maven("test", "crash").out()).contains("mvn -B -ntp verify ", "groups=crash");
    }

    /** What the launcher does not notice, the JVM leaves aside, and says nothing where people expect an answer. */
    @Test
    void jvmTakesABrokenCacheForNone() throws Exception {
        String quiet = "-Xlog:aot*=off -Xlog:cds*=off";
        assertThat(Files.readString(Path.of("millrace"))).contains(quiet);
        Path broken = Files.writeString(home.resolve("broken.aot"), "no cache".repeat(10_000));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        Script started =
                Script.run(java, "-XX:AOTCache=" + broken, quiet.split(" ")[0], quiet.split(" ")[1], "--version");

        assertThat(started.code()).isZero();
        assertThat(started.out() + started.err()).doesNotContainIgnoringCase("aot", "archive");
    }
}
