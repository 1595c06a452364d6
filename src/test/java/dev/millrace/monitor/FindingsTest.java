package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
    private static final Pattern ADVICE = Pattern.compile(
            "(?:[.:;] |, (?:and |or )?)(?i:see|set|give|make|add|stop|start|raise|retry|let|upgrade|find|"
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
                .allSatisfy((code, told) -> assertThat(told)
                        .as(code)
                        .isNotEmpty()
                        .allSatisfy(sentence -> assertThat(sentence).containsPattern(ADVICE)));
    }

    @Test
    void everyFindingHasATest() {
        String tests = text(TESTS, "(?!FindingsTest).*Test\\.java|.*Contract\\.java");

        assertThat(told()).allSatisfy(code -> assertThat(tests).contains('"' + code + '"'));
    }

    /** What is written behind the code in the call that tells it, by code; a code may be told in several places. */
    private static Map<String, Set<String>> sentences() {
        Map<String, Set<String>> sentences = new TreeMap<>();
        for (Path file : files(CODE, ".*\\.java")) {
            String code = read(file);
            Stream.of(TOLD, EITHER, BREAKER)
                    .flatMap(pattern -> pattern.matcher(code).results())
                    .forEach(found -> codes(found)
                            .forEach(told -> sentences
                                    .computeIfAbsent(told, _ -> new TreeSet<>())
                                    .addAll(sentences(code, found.end()))));
        }
        return sentences;
    }

    /** Where the call is only given one, those that the methods of the file make. */
    private static List<String> sentences(String code, int behind) {
        String own = literals(code.substring(behind, endOfCall(code, behind)), "");
        if (!own.isEmpty()) {
            return List.of(own);
        }
        return Stream.of(code.split("\n {4}}\n"))
                .filter(method -> method.contains("\"The "))
                .map(method -> literals(method, ". "))
                .toList();
    }

    /** Of the parenthesis that is open here. */
    private static int endOfCall(String code, int from) {
        Matcher literal = LITERAL.matcher(code);
        int open = 1;
        int at = from;
        while (open > 0) {
            if (code.charAt(at) == '"' && literal.find(at)) {
                at = literal.end();
            } else {
                open += code.charAt(at) == '(' ? 1 : code.charAt(at) == ')' ? -1 : 0;
                at++;
            }
        }
        return at;
    }

    private static Set<String> codes(MatchResult found) {
        if (found.groupCount() == 0) {
            return COMPOSED;
        }
        return IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .collect(Collectors.toSet());
    }

    private static String literals(String code, String between) {
        return LITERAL.matcher(code).results().map(each -> each.group(1)).collect(Collectors.joining(between));
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
