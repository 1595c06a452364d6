package dev.millrace;

import dev.millrace.cli.StartOptions;
import java.util.Map;
import java.util.TreeMap;

/** Says in terms of configuration what the command line said. */
final class StartSettings {
    private StartSettings() {}

    static Map<String, String> of(StartOptions options) {
        Map<String, String> settings = new TreeMap<>();
        put(settings, "quarkus.http.host", options.host());
        put(settings, "quarkus.http.port", options.port());
        put(settings, "millrace.data", options.data());
        put(settings, "millrace.redis.url", options.redis());
        put(
                settings,
                "quarkus.config.locations",
                options.config() == null ? null : options.config().toUri());
        put(settings, "quarkus.log.console.json.enabled", options.jsonLog() ? true : null);
        if (options.roles() != null) {
            StartOptions.ROLES.forEach(role ->
                    put(settings, "millrace.role." + role, options.roles().contains(role)));
        }
        if (options.idle() != null) {
            put(settings, "millrace.worker.exit-when-idle", true);
            put(settings, "millrace.worker.max-tasks", options.idle().maxTasks());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
    }
}
