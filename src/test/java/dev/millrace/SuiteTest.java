package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the tests are run. */
class SuiteTest {
    private static final Pattern WITH_A_SERVER = Pattern.compile("^@QuarkusTest$", Pattern.MULTILINE);
    private static final Path TESTS = Path.of("src/test/java");

    /** Else each JVM of the plain tests builds Quarkus for them, as often as they have profiles, and runs none of them. */
    @Test
    void testsWithAServerAreKeptFromThePlainOnes() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<String> withAServer = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(SuiteTest::hasServer)
                    .map(file -> TESTS.relativize(file).toString())
                    .toList();
            assertThat(Path.of("src/test/server-tests.txt"))
                    .content()
                    .hasLineCount(withAServer.size())
                    .contains(withAServer);
        }
    }

    private static boolean hasServer(Path file) {
        try {
            return WITH_A_SERVER.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
