package dev.millrace.monitor;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The settings in force: all of Millrace's that have a value, and those of the framework that are documented. */
@ApplicationScoped
public class Settings {
    private static final String OWN = "millrace.";
    private static final List<String> FRAMEWORK = List.of(
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.log.level",
            "quarkus.log.console.json.enabled",
            "quarkus.config.locations");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passwd|token|hash|credential|private).*|.*[.-]key");
    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("//[^@/,\\s]*@");
    private static final Pattern FILE = Pattern.compile(".*\\[source=(?:file:)?(.*)]");
    private static final String MASK = "***";

    private final SmallRyeConfig config;

    Settings(Config config) {
        this.config = config.unwrap(SmallRyeConfig.class);
    }

    /** By name. */
    public List<Setting> list() {
        Set<String> names = new TreeSet<>(FRAMEWORK);
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(OWN)) {
                names.add(name);
            }
        }
        return names.stream()
                .map(config::getConfigValue)
                .filter(value -> value.getValue() != null && !value.getValue().isEmpty())
                .map(value -> new Setting(value.getName(), shown(value.getName(), value.getValue()), source(value)))
                .toList();
    }

    /** Settings of Millrace's that hold a secret, but for hashes, by the file that they are from. */
    Map<String, List<String>> secretsByFile() {
        Map<String, List<String>> files = new TreeMap<>();
        for (Setting setting : list()) {
            boolean secret = setting.value().contains(MASK) && !setting.name().endsWith(".hash");
            if (secret && setting.source().startsWith("/")) {
                files.computeIfAbsent(setting.source(), _ -> new ArrayList<>()).add(setting.name());
            }
        }
        return files;
    }

    static String shown(String name, String value) {
        return SECRET.matcher(name).matches()
                ? MASK
                : PASSWORD_IN_ADDRESS.matcher(value).replaceAll("//" + MASK + "@");
    }

    private static String source(ConfigValue value) {
        return source(value.getConfigSourceName());
    }

    /**
     * @param name of a source; null for values that nobody gave
     */
    static String source(String name) {
        if (name == null || name.contains("Default") || name.contains("jar:") || name.contains("BuildTime")) {
            return "default";
        }
        if (name.startsWith("SysProp")) {
            return "command line";
        }
        Matcher file = FILE.matcher(name);
        if (file.matches()) {
            return file.group(1);
        }
        return name.startsWith("Env") || name.equals("the environment") ? "environment" : name;
    }
}
