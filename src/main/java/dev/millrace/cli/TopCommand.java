package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace top}. */
@Command(
        name = "top",
        header = "Watch queues and nodes; q quits.",
        description = {
            "Shows what waits and runs, how fast tasks come and are started, how old the oldest is, and the nodes, the "
                    + "busiest queues first. Where standard output is no terminal the same is printed again and again, "
                    + "with --output json as one object a line (NDJSON)."
        },
        footer = {"  millrace top --count 1", "  millrace top --interval 1s --count 2 --output json | jq -c .queues"})
final class TopCommand extends ServerCommand {
    /** Rows of a table that is printed and not looked at. */
    private static final int MANY = 10_000;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            description = "How long between two looks, 1s to 1h. Default: 2s")
    Duration interval;

    @Option(names = "--count", paramLabel = "N", description = "End after so many looks. Default: never")
    Integer count;

    @Override
    void check() {
        require(interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0, "--interval is 1s to 1h.");
        require(count == null || count >= 1, "--count is 1 or more.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) throws IOException {
        TopLook look = new TopLook(client);
        if (terminal.screen() && !server.asJson() && count == null) {
            try (Screen screen = Screen.open(terminal)) {
                return new TopScreen(look, screen, interval).run();
            }
        }
        for (int i = 0; count == null || i < count; i++) {
            if (i > 0) {
                Pause.of(interval);
            }
            print(look.runOnce(), terminal);
            if (Thread.currentThread().isInterrupted()) {
                return 0;
            }
        }
        return 0;
    }

    private void print(JsonNode seen, Terminal terminal) {
        if (server.asJson()) {
            terminal.out().println(seen);
        } else {
            TopText.lines(seen, MANY, MANY).forEach(terminal.out()::println);
            terminal.out().println();
        }
        terminal.out().flush();
    }
}
