package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.BenchCommand;
import dev.millrace.cli.Commands;
import dev.millrace.dashboard.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    private static final Map<String, Counterpart> COUNTERPARTS = new TreeMap<>();

    static {
        put(
                "/bulk",
                "POST /tasks/actions",
                "actions --queue --state --type --tag --label --text --group --patch --dry-run");
        put("/new-task", "POST /queues/{queue}/tasks", "push");
        put("/tasks/{id}/cancel", "POST /tasks/{id}/cancel", "cancel");
        put("/tasks/{id}/run-now", "POST /tasks/{id}/run-now", "run-now");
        put("/tasks/{id}/retry", "POST /tasks/{id}/retry", "retry");
        put("/tasks/{id}/edit", "POST /tasks/{id}/retry", "retry --payload");
        put("/tasks/{id}/delete", "DELETE /tasks/{id}", "delete");
        put("/queues/{queue}/pause", "POST /queues/{queue}/pause", "pause");
        put("/queues/{queue}/resume", "POST /queues/{queue}/resume", "resume");
        put(
                "/queues/{queue}/settings",
                "PATCH /queues/{queue}",
                "queue --concurrency --max-depth --max-bytes --default --retention");
        put("/queues/{queue}/purge", "POST /tasks/actions", "purge --waiting --ended --state --dry-run");
        put("/queues/{queue}/delete", "DELETE /queues/{queue}", "queues delete --force");
        put("/new-destination", "PUT /destinations/{name}", "destinations put");
        put("/destinations/{name}/settings", "PUT /destinations/{name}", "destinations put");
        put("/destinations/{name}/delete", "DELETE /destinations/{name}", "destinations delete");
        put("/destinations/{name}/backends", "POST /destinations/{name}/backends", "destinations add --weight");
        for (String step : List.of("drain", "resume", "remove")) {
            String path = "/destinations/{name}/backends/" + step;
            put(path, "POST " + path, "destinations " + step);
        }
        for (String step : List.of("quiet", "resume", "stop")) {
            put("/workers/" + step, "POST /clustering/nodes/{id}/" + step, "nodes " + step);
        }
    }

    private static void put(String address, String api, String cli) {
        COUNTERPARTS.put(address, new Counterpart(api, cli));
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
