package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.BenchCommand;
import dev.millrace.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/cli.md has every command, and no option that there is not. */
class CommandPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| (.*?) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("`millrace ([a-z-]+)");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");
    private static final Map<String, CommandLine> COMMANDS =
            Commands.all(options -> {}, Map.of(), new BenchCommand()).getSubcommands();

    @Test
    void everyCommandStandsOnThePageAndNoOther() throws IOException {
        assertThat(rows().stream().flatMap(row -> found(COMMAND, row.group(1))).collect(Collectors.toSet()))
                .isEqualTo(COMMANDS.keySet());
        assertThat(found(COMMAND, page())).allMatch(COMMANDS::containsKey);
    }

    @Test
    void optionsAreThoseOfTheCommandInTheSameRow() throws IOException {
        for (MatchResult row : rows()) {
            Set<String> options = found(OPTION, row.group()).collect(Collectors.toSet());
            List<String> commands = found(COMMAND, row.group(1)).distinct().toList();
            for (String command : commands) {
                assertThat(optionsOf(command)).as(row.group()).containsAll(options);
            }
            if (commands.isEmpty()) {
                assertThat(optionsOf("status"))
                        .as("every command has " + row.group())
                        .containsAll(options);
            }
        }
    }

    @Test
    void optionsOfTheFiltersAreAllThere() throws IOException {
        String page = page();
        for (String command : List.of(
                "tasks", "actions", "dead-letters", "purge", "queue", "queues", "export", "import", "push", "top")) {
            Set<String> missing = new TreeSet<>(optionsOf(command));
            missing.removeIf(option -> page.contains("`" + option) || page.contains(option + " "));
            assertThat(missing).as(command).isEmpty();
        }
    }

    private static Set<String> optionsOf(String command) {
        return Stream.concat(Stream.of(COMMANDS.get(command)), COMMANDS.get(command).getSubcommands().values().stream())
                .flatMap(one -> one.getCommandSpec().options().stream())
                .flatMap(option -> Stream.of(option.names()))
                .filter(name -> name.startsWith("--"))
                .collect(Collectors.toSet());
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(page()).results().toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(match.groupCount()));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/cli.md"));
    }
}
