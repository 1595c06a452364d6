package dev.millrace;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.ConfigValueConfigSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes settings from the plain environment variables that platforms and older deployments set, such as {@code
 * REDIS_URL}. Weaker than {@code MILLRACE_*} variables, stronger than files.
 */
public final class PlainVariables implements ConfigValueConfigSource {
    private static final int BELOW_ENVIRONMENT = 299;
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");

    /** Names of levels in other worlds. */
    private static final Map<String, String> LEVELS = Map.of("WARNING", "WARN", "CRITICAL", "FATAL", "NOTICE", "INFO");

    private final Map<String, ConfigValue> settings;

    public PlainVariables() {
        this(System.getenv());
    }

    PlainVariables(Map<String, String> environment) {
        settings = settings(environment);
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        return settings.get(name);
    }

    @Override
    public Map<String, ConfigValue> getConfigValueProperties() {
        return settings;
    }

    @Override
    public String getName() {
        return "the environment";
    }

    @Override
    public int getOrdinal() {
        return BELOW_ENVIRONMENT;
    }

    private static Map<String, ConfigValue> settings(Map<String, String> environment) {
        Map<String, ConfigValue> settings = new HashMap<>();
        copy(environment, "REDIS_URL", settings, "millrace.redis.url");
        copy(environment, "REDIS_HOST", settings, "millrace.redis.host");
        copy(environment, "REDIS_PORT", settings, "millrace.redis.port");
        copy(environment, "CLUSTER_MAX_WORKERS", settings, "millrace.worker.concurrency");
        copy(environment, "NODE_ID", settings, "millrace.node.id");
        copy(environment, "HEARTBEAT_INTERVAL", settings, "millrace.heartbeat");
        String level = text(environment, "LOG_LEVEL").toUpperCase(Locale.ROOT);
        put(settings, "quarkus.log.level", "LOG_LEVEL", LEVELS.getOrDefault(level, level));
        put(settings, "millrace.store", "CLUSTER_FORCE_SQLITE", store(text(environment, "CLUSTER_FORCE_SQLITE")));
        return settings;
    }

    /** Neither yes nor no is passed on, to be refused as a bad value of the setting. */
    private static String store(String force) {
        String word = force.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? "sqlite" : NO.contains(word) ? "" : force;
    }

    private static void copy(
            Map<String, String> environment, String variable, Map<String, ConfigValue> settings, String key) {
        put(settings, key, variable, text(environment, variable));
    }

    private static void put(Map<String, ConfigValue> settings, String key, String variable, String value) {
        if (!value.isEmpty()) {
            settings.put(
                    key,
                    ConfigValue.builder()
                            .withName(key)
                            .withValue(value)
                            .withRawValue(value)
                            .withConfigSourceName("environment variable " + variable)
                            .withConfigSourceOrdinal(BELOW_ENVIRONMENT)
                            .build());
        }
    }

    private static String text(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
