package dev.millrace.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the output goes: colour only on a terminal and never with {@code NO_COLOR}.
 *
 * @param colour standard output may be coloured
 * @param live standard error is a terminal that can show a progress bar
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean live) {
    /** Set by the launcher, which can ask for each stream: those of {@code out}, {@code err} that are terminals. */
    static final String STREAMS = "cli.terminal";

    static Terminal of(CommandLine line) {
        return of(line.getOut(), line.getErr(), System.getenv());
    }

    static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        String streams = System.getProperty(
                STREAMS, System.console() != null && System.console().isTerminal() ? "out,err" : "");
        boolean capable = !"dumb".equals(environment.get("TERM"));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, capable && !plain && streams.contains("out"), capable && streams.contains("err"));
    }

    Ansi ansi() {
        return colour ? Ansi.ON : Ansi.OFF;
    }

    /** The word in the colour of what it says about a task or a component. */
    String state(String word) {
        String style = switch (word) {
            case "succeeded", "up", "UP" -> "green";
            case "dead", "down", "DOWN" -> "red";
            case "running" -> "cyan";
            case "scheduled", "blocked", "cancelled", "expired", "paused", "degraded" -> "yellow";
            default -> null;
        };
        return style == null ? word : styled(style, word);
    }

    String bold(String text) {
        return styled("bold", text);
    }

    private String styled(String style, String text) {
        return colour ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }
}
