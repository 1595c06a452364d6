package dev.millrace.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the arguments of {@code start} where nothing is wrong or special about them: a process that is waited for need not
 * wait for the parser of the whole command line, whose classes no AOT cache takes. For whatever else {@link StartCommand}
 * has the words.
 */
public final class QuickStart {
    private static final String EXIT_WHEN_IDLE = "--exit-when-idle";
    private static final Set<String> OPTIONS =
            Set.of("--host", "--port", "--data", "--redis", "--roles", "--config", "--max-tasks");

    private QuickStart() {}

    /**
     * @param arguments those after {@code start}
     * @return empty when the whole command line has to look at them
     */
    public static Optional<StartOptions> of(String... arguments) {
        Map<String, String> said = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            String name = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
            String value;
            if (arguments[i].equals(EXIT_WHEN_IDLE)) {
                value = "true";
            } else if (!OPTIONS.contains(name)) {
                return Optional.empty();
            } else if (equals >= 0) {
                value = arguments[i].substring(equals + 1);
            } else {
                value = ++i < arguments.length ? arguments[i] : "";
            }
            if (value.isEmpty() || value.startsWith("-") || said.put(name, value) != null) {
                return Optional.empty();
            }
        }
        try {
            return options(said).filter(options -> options.problem().isEmpty());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<StartOptions> options(Map<String, String> said) {
        Long maxTasks = said.containsKey("--max-tasks") ? Long.valueOf(said.get("--max-tasks")) : null;
        boolean idle = said.containsKey(EXIT_WHEN_IDLE);
        if (maxTasks != null && !idle) {
            return Optional.empty();
        }
        String roles = said.get("--roles");
        return Optional.of(new StartOptions(
                said.get("--host"),
                said.containsKey("--port") ? Integer.valueOf(said.get("--port")) : null,
                path(said.get("--data")),
                said.get("--redis"),
                roles == null ? null : new LinkedHashSet<>(Arrays.asList(roles.split(",", -1))),
                path(said.get("--config")),
                idle ? new StartOptions.IdleExit(maxTasks) : null,
                false));
    }

    private static Path path(String text) {
        return text == null ? null : Path.of(text);
    }
}
