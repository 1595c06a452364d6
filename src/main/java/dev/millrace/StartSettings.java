package dev.millrace;

import dev.millrace.cli.StartOptions;
import dev.millrace.monitor.Settings;
import java.util.Map;
import java.util.TreeMap;

/** Says in terms of configuration what the command line said, and by which option. */
final class StartSettings {
    private StartSettings() {}

    static Map<String, String> of(StartOptions options) {
        Map<String, String> settings = new TreeMap<>();
        put(settings, "quarkus.http.host", "--host", options.host());
        put(settings, "quarkus.http.port", "--port", options.port());
        put(settings, "millrace.data", "--data", options.data());
        put(settings, "millrace.redis.url", "--redis", options.redis());
        put(
                settings,
                "quarkus.config.locations",
                "--config",
                options.config() == null ? null : options.config().toUri());
        put(settings, "quarkus.log.console.json.enabled", "--log-json", options.jsonLog() ? true : null);
        if (options.roles() != null) {
            StartOptions.ROLES.forEach(role -> put(
                    settings,
                    "millrace.role." + role,
                    "--roles",
                    options.roles().contains(role)));
        }
        if (options.idle() != null) {
            put(settings, "millrace.worker.exit-when-idle", "--exit-when-idle", true);
            put(
                    settings,
                    "millrace.worker.max-tasks",
                    "--max-tasks",
                    options.idle().maxTasks());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String option, Object value) {
        if (value != null) {
            settings.put(key, value.toString());
            settings.put(Settings.OPTION + key, option);
        }
    }
}
