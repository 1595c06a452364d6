package dev.millrace.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What tasks are like, besides queue and state. */
final class TraitOptions {
    @Option(names = "--type", paramLabel = "TYPE", description = "Tasks of this type.")
    String type;

    @Option(names = "--tag", paramLabel = "TAG", description = "Tasks with this tag.")
    String tag;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Tasks with this label; may be repeated, and then all must match.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--created-after",
            paramLabel = "TIME",
            description = "Tasks submitted at this time (like 2026-11-21T01:02:03Z) or later.")
    Instant after;

    @Option(names = "--created-before", paramLabel = "TIME", description = "Tasks submitted before this time.")
    Instant before;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Tasks with this text in the payload, whatever the case of its letters; needs a queue.")
    String text;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description =
                    "Tasks that failed as this group of dead letters did (see millrace dead-letters); needs a queue.")
    String group;

    /**
     * @param queue null for all, as is state
     */
    Filter with(String queue, String state) {
        return new Filter(queue, state, type, tag, labels, wire(after), wire(before), text, group);
    }

    private static String wire(Instant time) {
        return time == null ? null : time.toString();
    }

    /**
     * @param queue null for all
     */
    void check(String queue, ServerCommand command) {
        command.requireType(type);
        if (group != null) {
            command.requireGroup(group);
        }
        command.require(queue != null || text == null && group == null, "--text and --group need a queue.");
    }
}
