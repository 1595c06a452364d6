package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.task.TaskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace purge}. */
@Command(
        name = "purge",
        header = "Clear a queue of tasks that have ended, or of tasks that wait.",
        description = {
            "Tasks that have ended are deleted. Tasks that wait are cancelled: they are seen among the cancelled ones "
                    + "until the queue's retention, or a purge of these, takes them away. What runs is left alone. Says "
                    + "first how many there are, and has the queue's name typed in, unless --yes is given."
        },
        footer = {
            "  millrace purge mail --state dead --dry-run",
            "  millrace purge mail --ended --created-before 2025-01-01T00:00:00Z --yes",
            "  millrace purge mail --waiting --type newsletter --yes"
        })
final class PurgeCommand extends ServerCommand {
    @Parameters(paramLabel = "QUEUE", description = "The queue.")
    String queue;

    @ArgGroup(multiplicity = "1")
    What what;

    @Mixin
    TraitOptions traits;

    @Option(names = "--dry-run", description = "Count, and change nothing.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    /** One of these has to be said. */
    static final class What {
        @Option(names = "--ended", description = "All that have ended: succeeded, dead, cancelled and expired ones.")
        boolean ended;

        @Option(names = "--waiting", description = "All that wait: scheduled, ready and blocked ones.")
        boolean waiting;

        @Option(
                names = "--state",
                split = ",",
                paramLabel = "STATE",
                completionCandidates = States.class,
                description = "Those in these states, commas between.")
        List<String> states;
    }

    @Override
    void check() {
        requireQueue(queue);
        traits.check(queue, this);
        for (String state : what.states == null ? List.<String>of() : what.states) {
            require(
                    TaskState.ofWire(state) != null && TaskState.ofWire(state) != TaskState.RUNNING,
                    "'" + state + "' cannot be purged: that is for the states "
                            + States.all().replace("running, ", ""));
        }
    }

    @Override
    int run(ApiClient client, Terminal terminal) throws IOException {
        client.get("/api/v1/queues/" + queue).json();
        Map<TaskState, Long> counts = new LinkedHashMap<>();
        for (TaskState state : states()) {
            counts.put(state, act(client, terminal, state, true, -1).matched());
        }
        counts.values().removeIf(count -> count == 0);
        if (!dryRun && !counts.isEmpty() && !agreed(counts, terminal)) {
            terminal.err().println("millrace: Nothing was changed.");
            return Commands.REFUSED;
        }
        long done = 0;
        for (Map.Entry<TaskState, Long> count : dryRun ? Set.<Map.Entry<TaskState, Long>>of() : counts.entrySet()) {
            done += act(client, terminal, count.getKey(), false, count.getValue())
                    .done();
        }
        report(counts, done, terminal);
        return 0;
    }

    /** Those that have ended first, so that what is cancelled now is not deleted at once. */
    private Set<TaskState> states() {
        return Arrays.stream(TaskState.values())
                .filter(state -> state != TaskState.RUNNING)
                .filter(state -> what.states != null
                        ? what.states.contains(state.wire())
                        : state.terminal() ? what.ended : what.waiting)
                .sorted((a, b) -> Boolean.compare(b.terminal(), a.terminal()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private ActionRun act(ApiClient client, Terminal terminal, TaskState state, boolean count, long total) {
        String action = state.terminal() ? "delete" : "cancel";
        Filter filter = traits.with(queue, state.wire());
        try (CountProgress bar = new CountProgress(count ? "count" : action, total, terminal)) {
            return new ActionRun(client, Resend.of(terminal), action, filter, count).run(bar);
        }
    }

    private boolean agreed(Map<TaskState, Long> counts, Terminal terminal) throws IOException {
        if (yes) {
            return true;
        }
        require(terminal.interactive(), "Nobody can be asked here: say --yes if you mean it, or --dry-run to count.");
        terminal.err().println(sentence(counts));
        terminal.err().print("Type the queue's name to go on: ");
        terminal.err().flush();
        String typed = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return typed != null && typed.strip().equals(queue);
    }

    private String sentence(Map<TaskState, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> "%,d %s (to be %s)"
                        .formatted(
                                count.getValue(),
                                count.getKey().wire(),
                                count.getKey().terminal() ? "deleted" : "cancelled"))
                .collect(Collectors.joining(", ", "Queue " + queue + ": ", "."));
    }

    private void report(Map<TaskState, Long> counts, long done, Terminal terminal) {
        if (server.asJson()) {
            ObjectNode json = Json.MAPPER.createObjectNode().put("queue", queue).put("dryRun", dryRun);
            ObjectNode matched = json.putObject("matched");
            counts.forEach((state, count) -> matched.put(state.wire(), count));
            terminal.out().println(Json.pretty(json.put("done", done)));
        } else if (counts.isEmpty()) {
            terminal.out().println("Queue " + queue + " has no such tasks.");
        } else {
            terminal.out().println(sentence(counts) + (dryRun ? "" : " %,d done.".formatted(done)));
        }
    }
}
