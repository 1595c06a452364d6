package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every finding that the code can tell stands in the table of docs/operations.md with what to do, and has a test. */
class FindingsTest {
    private static final Path CODE = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TOLD = Pattern.compile(
            "[fF]inding\\(\\s*(?:[^;\"]*,\\s*)?" + "(?:name\\(\\),\\s*|\"settings\",\\s*)?\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern BREAKER = Pattern.compile("\"store-breaker-\" \\+");
    private static final Pattern EITHER = Pattern.compile("all \\? \"([a-z-]+)\" : \"([a-z-]+)\"");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z]+(?:-[a-z]+)+)`(?: ✗)? \\| .+ \\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A clause that begins with what somebody is to do. */
    private static final Pattern ADVICE =
            Pattern.compile("(?:[.:;,] (?:and |or )?)(?i:see|set|give|make|add|stop|start|raise|retry|let|upgrade|find|"
                    + "look|finish|configure|name|take|chmod|restore|did you mean|it closes by itself)\\b");
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
    void everyFindingsSentenceSaysWhatToDo() {
        assertThat(sentences().keySet()).containsAll(told());
        assertThat(sentences())
                .allSatisfy((code, sentence) -> assertThat(sentence).as(code).containsPattern(ADVICE));
    }

    @Test
    void everyFindingHasATest() {
        String tests = text(TESTS, "(?!FindingsTest).*Test\\.java|.*Contract\\.java");

        assertThat(told()).allSatisfy(code -> assertThat(tests).contains('"' + code + '"'));
    }

    /** What is written behind the code, by code; in a file that tells one finding alone, all that stands there. */
    private static Map<String, String> sentences() {
        Map<String, String> sentences = new TreeMap<>();
        for (Path file : files(CODE, ".*\\.java")) {
            String code = read(file);
            List<MatchResult> found = Stream.of(TOLD, EITHER, BREAKER)
                    .flatMap(pattern -> pattern.matcher(code).results())
                    .sorted(Comparator.comparing(MatchResult::start))
                    .toList();
            for (int i = 0; i < found.size(); i++) {
                int end = Math.min(
                        code.indexOf(";\n", found.get(i).end()),
                        i + 1 < found.size() ? found.get(i + 1).start() : code.length());
                String sentence = literals(
                        found.size() == 1 ? code : code.substring(found.get(i).end(), end));
                for (String told : codes(found.get(i))) {
                    sentences.put(told, sentence);
                }
            }
        }
        return sentences;
    }

    private static Set<String> codes(MatchResult found) {
        if (found.groupCount() == 0) {
            return COMPOSED;
        }
        return IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .collect(Collectors.toSet());
    }

    private static String literals(String code) {
        return LITERAL.matcher(code).results().map(each -> each.group(1)).collect(Collectors.joining());
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
        return files(directory, names).stream().map(FindingsTest::read).collect(Collectors.joining("\n"));
    }

    private static List<Path> files(Path directory, String names) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .sorted()
                    .toList();
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
