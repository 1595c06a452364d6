package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every finding that the code can tell stands in the table of docs/operations.md with what to do, and has a test. */
class FindingsTest {
    private static final Path CODE = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TOLD = Pattern.compile(
            "[fF]inding\\(\\s*(?:[^;\"]*,\\s*)?" + "(?:name\\(\\),\\s*|\"settings\",\\s*)?\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern EITHER = Pattern.compile("all \\? \"([a-z-]+)\" : \"([a-z-]+)\"");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z]+(?:-[a-z]+)+)`(?: ✗)? \\| .+ \\| .+ \\|$", Pattern.MULTILINE);
    /** Of the breaker, whose state ends the code. */
    private static final Set<String> COMPOSED = Set.of("store-breaker-open", "store-breaker-half-open");

    @Test
    void everyFindingIsInTheTableOfWhatToDo() throws IOException {
        Set<String> rows = ROW.matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).isEqualTo(told());
    }

    @Test
    void everyAlertIsInTheTableOfWhatToDo() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));

        assertThat(Pattern.compile("alert: (\\w+)")
                        .matcher(Files.readString(Path.of("deploy/monitoring/rules/millrace.yaml")))
                        .results())
                .hasSizeGreaterThan(5)
                .allSatisfy(alert -> assertThat(page).contains("`" + alert.group(1) + "`"));
    }

    @Test
    void everyFindingHasATest() {
        String tests = text(TESTS, "(?!FindingsTest).*Test\\.java|.*Contract\\.java");

        assertThat(told()).allSatisfy(code -> assertThat(tests).contains('"' + code + '"'));
    }

    private static Set<String> told() {
        String code = text(CODE, ".*\\.java");
        Set<String> codes = new TreeSet<>(COMPOSED);
        TOLD.matcher(code).results().forEach(found -> codes.add(found.group(1)));
        EITHER.matcher(code).results().forEach(found -> codes.addAll(Set.of(found.group(1), found.group(2))));
        assertThat(codes).as("of the findings").hasSizeGreaterThan(35);
        return codes;
    }

    private static String text(Path directory, String names) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .sorted()
                    .map(FindingsTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
