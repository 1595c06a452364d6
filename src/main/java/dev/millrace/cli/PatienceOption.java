package dev.millrace.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command over many tasks puts up with a server or a store that is away. */
final class PatienceOption {
    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "1m",
            description = "How long to try again when the server goes away in the middle, or has no room, such as 30s."
                    + " Default: 1m")
    private Duration patience;

    Resend resend(Terminal terminal) {
        return Resend.of(patience, terminal);
    }
}
