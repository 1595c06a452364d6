package dev.millrace.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the output goes: colour only on a terminal and never with {@code NO_COLOR}.
 *
 * @param streams those of {@code in}, {@code out}, {@code err} that are terminals
 * @param capable of more than plain lines
 * @param plain asked for by {@code NO_COLOR}
 */
record Terminal(PrintWriter out, PrintWriter err, Set<String> streams, boolean capable, boolean plain) {
    /** Set by the launcher, which can ask for each stream: those of {@code in}, {@code out}, {@code err} that are terminals. */
    static final String STREAMS = "cli.terminal";

    static Terminal of(CommandLine line) {
        return of(line.getOut(), line.getErr(), System.getenv());
    }

    static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        String streams = System.getProperty(
                STREAMS, System.console() != null && System.console().isTerminal() ? "in,out,err" : "");
        boolean capable = !"dumb".equals(environment.get("TERM"));
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, Set.of(streams.split(",")), capable, plain);
    }

    /** Standard output may be coloured. */
    boolean colour() {
        return capable && !plain && streams.contains("out");
    }

    /** Standard error is a terminal that can show a progress bar. */
    boolean live() {
        return capable && streams.contains("err");
    }

    /** Somebody sits there who can be asked. */
    boolean interactive() {
        return streams.contains("in") && streams.contains("err");
    }

    /** A picture can be drawn and keys can be read. */
    boolean screen() {
        return capable && streams.contains("in") && streams.contains("out");
    }

    Ansi ansi() {
        return colour() ? Ansi.ON : Ansi.OFF;
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

    /** The text in the colour of what matters so much. */
    String severity(String severity, String text) {
        return switch (severity) {
            case "error" -> styled("red,bold", text);
            case "warning" -> styled("yellow", text);
            default -> text;
        };
    }

    String bold(String text) {
        return styled("bold", text);
    }

    private String styled(String style, String text) {
        return colour() ? Ansi.ON.string("@|" + style + " " + text + "|@") : text;
    }
}
