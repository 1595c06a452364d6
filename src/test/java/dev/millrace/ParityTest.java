package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.BenchCommand;
import dev.millrace.cli.Commands;
import dev.millrace.dashboard.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What can be done on the dashboard can be done over the API and on the command line, under the same names. */
class ParityTest {
    private static final CommandLine COMMANDS = Commands.all(options -> {}, Map.of(), new BenchCommand());

    /**
     * @param api an operation of the OpenAPI document
     * @param cli a command, with the options that it takes
     */
    private record Counterpart(String api, String cli) {}

    /** What the dashboard changes, by its address. */
    private static final Map<String, Counterpart> COUNTERPARTS = counterparts("""
            /bulk; POST /tasks/actions; actions --queue --state --type --tag --label --text --group --patch --dry-run
            /new-task; POST /queues/{queue}/tasks; push
            /tasks/{id}/cancel; POST /tasks/{id}/cancel; cancel
            /tasks/{id}/run-now; POST /tasks/{id}/run-now; run-now
            /tasks/{id}/retry; POST /tasks/{id}/retry; retry
            /tasks/{id}/edit; POST /tasks/{id}/retry; retry --payload
            /tasks/{id}/delete; DELETE /tasks/{id}; delete
            /queues/{queue}/pause; POST /queues/{queue}/pause; pause
            /queues/{queue}/resume; POST /queues/{queue}/resume; resume
            /queues/{queue}/settings; PATCH /queues/{queue}; queue --concurrency --max-depth --max-bytes --default --retention
            /queues/{queue}/purge; POST /tasks/actions; purge --waiting --ended --state --dry-run
            /queues/{queue}/delete; DELETE /queues/{queue}; queues delete --force
            /new-destination; PUT /destinations/{name}; destinations put
            /destinations/{name}/settings; PUT /destinations/{name}; destinations put
            /destinations/{name}/delete; DELETE /destinations/{name}; destinations delete
            /destinations/{name}/backends; POST /destinations/{name}/backends; destinations add --weight
            /destinations/{name}/backends/drain; POST /destinations/{name}/backends/drain; destinations drain
            /destinations/{name}/backends/resume; POST /destinations/{name}/backends/resume; destinations resume
            /destinations/{name}/backends/remove; POST /destinations/{name}/backends/remove; destinations remove
            /workers/quiet; POST /clustering/nodes/{id}/quiet; nodes quiet
            /workers/resume; POST /clustering/nodes/{id}/resume; nodes resume
            /workers/stop; POST /clustering/nodes/{id}/stop; nodes stop
            """);

    private static Map<String, Counterpart> counterparts(String lines) {
        return lines.lines()
                .map(line -> line.split("; "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> new Counterpart(parts[1], parts[2])));
    }

    @Test
    void whateverTheDashboardChangesHasItsCounterparts() {
        assertThat(Mutations.addresses()).isEqualTo(COUNTERPARTS.keySet());
    }

    @Test
    void theCounterpartsAreThere() throws IOException {
        String document = Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml"));
        COUNTERPARTS.values().forEach(one -> {
            assertThat(hasOperation(document, one.api())).as(one.api()).isTrue();
            checkCommand(one.cli());
        });
    }

    /** Retry and delete of a group of dead letters is an action by filter on the dashboard. */
    @Test
    void deadLettersAreListedRetriedEditedAndDeletedByGroup() throws IOException {
        String document = Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml"));
        assertThat(hasOperation(document, "GET /dead-letters")).isTrue();
        checkCommand("dead-letters --queue --limit");
        checkCommand("dead-letters retry --patch --dry-run");
        checkCommand("dead-letters delete --dry-run");
    }

    private static boolean hasOperation(String document, String operation) {
        String[] parts = operation.split(" ");
        int at = document.indexOf("\n  /api/v1" + parts[1] + ":\n");
        int end = document.indexOf("\n  /", at + 1);
        return at >= 0
                && document.substring(at, end < 0 ? document.length() : end)
                        .contains("\n    " + parts[0].toLowerCase(Locale.ROOT) + ":\n");
    }

    private static void checkCommand(String line) {
        CommandLine command = COMMANDS;
        for (String word : line.split(" ")) {
            if (word.startsWith("--")) {
                assertThat(command.getCommandSpec().findOption(word)).as(line).isNotNull();
            } else {
                assertThat(command.getSubcommands()).as(line).containsKey(word);
                command = command.getSubcommands().get(word);
            }
        }
    }
}
