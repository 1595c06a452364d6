package dev.millrace;

import dev.millrace.task.MillraceException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a sentence why the server does not start. Only what nobody expected comes with a trace. */
final class StartFailure {
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in (.*) does not map to any root");
    private static final Pattern MISSING = Pattern.compile("SRCFG00014: .*config property (\\S+) is required");
    private static final Pattern BAD = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \"(.*?)\" threw an Exception",
            Pattern.DOTALL);
    private static final Pattern NONE = Pattern.compile("SRCFG00040: .*config property (\\S+) is defined as the empty");

    private StartFailure() {}

    /** Ends the process the way Quarkus asks to. */
    static void exit(int code, Throwable cause) {
        if (cause == null) {
            ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, null);
            return;
        }
        if (isToldToEnd(cause)) {
            // The JVM ends already, with the code that belongs to the signal.
            return;
        }
        List<String> sentences = sentences(cause);
        if (sentences.isEmpty()) {
            System.err.println("millrace: The start failed, and this was not foreseen. Please report what follows.");
            cause.printStackTrace();
        }
        sentences.forEach(sentence -> System.err.println("millrace: " + sentence));
        Runtime.getRuntime().halt(Math.max(1, code));
    }

    /** What was to be started was to be ended with the process, and that has begun to end: so the JVM says it. */
    static boolean isToldToEnd(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalStateException && "Shutdown in progress".equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** Empty when it is none of the failures that are to be expected. */
    static List<String> sentences(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            List<String> sentences = known(cause);
            if (!sentences.isEmpty()) {
                return sentences;
            }
        }
        return List.of();
    }

    private static List<String> known(Throwable cause) {
        return switch (cause) {
            case ConfigValidationException invalid -> problems(invalid);
            case BindException taken ->
                List.of(taken.getMessage()
                        + ": the address cannot be listened on, most likely because another program does."
                        + " Stop that one, or choose another with --port or --host.");
            case MillraceException refused -> List.of(refused.getMessage());
            case ConfigurationException wrong -> List.of(wrong.getMessage());
            case NoSuchFileException missing -> List.of("The file '" + missing.getFile() + "' is not there.");
            case IllegalArgumentException wrong -> setting(wrong.getMessage());
            default -> List.of();
        };
    }

    private static List<String> problems(ConfigValidationException invalid) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            sentences.add(sentence(invalid.getProblem(i).getMessage()));
        }
        return sentences;
    }

    private static List<String> setting(String message) {
        boolean aboutSettings = message != null && (message.contains("SRCFG") || message.contains("millrace."));
        return aboutSettings ? List.of(sentence(message)) : List.of();
    }

    static String sentence(String problem) {
        Matcher unknown = UNKNOWN.matcher(problem);
        if (unknown.find()) {
            return "There is no setting '%s' (found in %s). Settings are listed in docs/configuration.md."
                    .formatted(unknown.group(1), source(unknown.group(2)));
        }
        Matcher bad = BAD.matcher(problem);
        if (bad.find()) {
            return "The setting '%s' cannot be '%s'. See docs/configuration.md.".formatted(bad.group(1), bad.group(2));
        }
        Matcher missing = MISSING.matcher(problem);
        if (missing.find()) {
            return "The setting '" + missing.group(1) + "' is missing.";
        }
        Matcher empty = NONE.matcher(problem);
        return empty.find() ? "The setting '" + empty.group(1) + "' is empty." : problem;
    }

    /** The name of a source is like {@code YamlConfigSource[source=file:/x.yaml]:2}; people know the file. */
    private static String source(String name) {
        return name.replaceFirst("^.*\\[source=(?:file:)?(.*)].*$", "$1");
    }
}
