package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ./millrace says of its own commands, in a clone where Maven and the tools of tests only say what they were asked. */
class LauncherHelpTest {
    private static final String SAYS = "#!/usr/bin/env bash\necho \"${0##*/} $*\"\n";
    private static final List<String> TOOLS = List.of(
            "mvn", "redis-server", "faketime", "jq", "chromium", "openssl", "node", "zsh", "promtool", "shellcheck");

    @TempDir
    Path home;

    @BeforeEach
    void clonePlace() throws IOException {
        Files.copy(Path.of("millrace"), home.resolve("millrace"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("schemas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test --help", "test -h", "test crash --help", "build --help", "build --native -h"})
    void helpNeedsNeitherAJdkNorABuild(String command) throws Exception {
        Script said = run("./millrace " + command);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .startsWith("Usage: ./millrace " + command.split(" ")[0])
                .contains("Examples:", "Exit codes:");
        assertThat(home.resolve("target")).doesNotExist();
    }

    @Test
    void eachWordOfTheUsageIsExplained() throws Exception {
        String tests = run("./millrace test --help").out();
        Matcher words = Pattern.compile("test \\[(.*)]").matcher(tests);
        assertThat(words.find()).isTrue();
        assertThat(words.group(1).split("\\|"))
                .hasSize(7)
                .allSatisfy(word -> assertThat(tests).containsPattern("(?m)^  " + word + " +\\S"));
        String builds = run("./millrace build --help").out();
        assertThat(builds).containsPattern("(?m)^ +--native +\\S").containsPattern("(?m)^ +--lambda +\\S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "build"})
    void examplesOfTheHelpDoWhatTheySay(String command) throws Exception {
        List<String> examples = run("./millrace " + command + " --help")
                .out()
                .lines()
                .filter(line -> line.startsWith("  ") && line.contains("./millrace "))
                .toList();
        assertThat(examples).hasSize(3);
        toolsThatOnlySayWhatTheyWereAsked();
        for (String example : examples) {
            Script ran = run(example);
            assertThat(ran.code()).as(example + ran.err()).isZero();
            assertThat(ran.out() + log("build.log")).as(example).contains("mvn -B -ntp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"test crahs", "test crash twice", "test --all", "build --fast", "build native"})
    void wrongUsageIsCodeTwoAndSaysWhereToLook(String command) throws Exception {
        toolsThatOnlySayWhatTheyWereAsked();
        Script said = run("./millrace " + command);
        String[] words = command.split(" ", 2);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo("millrace: " + words[0] + " does not know '" + words[1] + "'\nSee: ./millrace " + words[0]
                        + " --help\n");
        assertThat(said.out()).isEmpty();
    }

    private void toolsThatOnlySayWhatTheyWereAsked() throws IOException {
        Files.createDirectories(home.resolve("target/quarkus-app"));
        program(home.resolve("src/main/launcher/train"));
        Files.writeString(Files.createDirectories(home.resolve("jdk")).resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        for (String tool : Stream.concat(TOOLS.stream(), Stream.of("../jdk/bin/java", "../jdk/bin/javac"))
                .toList()) {
            program(home.resolve("bin").resolve(tool).normalize());
        }
    }

    private static void program(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, SAYS);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String log(String name) throws IOException {
        Path log = home.resolve("target").resolve(name);
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** A line as it is typed in the clone. */
    private Script run(String line) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "HOME", home.toString(),
                "JAVA_HOME", home.resolve("jdk").toString(),
                "PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        return Script.run(environment, "bash", "-c", "cd '" + home + "' && " + line.strip());
    }
}
