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
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings in force: all of Millrace's that have a value, and those of the framework that are documented or that somebody
 * set; of the latter only who set them is told.
 */
@ApplicationScoped
public class Settings {
    /** Before the name of a setting, as a system property: the option of the command line that gave it. */
    public static final String OPTION = "cli.option.";

    private static final String OWN = "millrace.";
    private static final String OF_THE_FRAMEWORK = "quarkus.";
    private static final List<String> FRAMEWORK = List.of(
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.log.level",
            "quarkus.log.console.json.enabled",
            "quarkus.config.locations");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|pass|pwd|token|hash|credential|private).*|.*[.-]key");
    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("//[^@/,\\s]*@");
    private static final String MASK = "***";

    private final SmallRyeConfig config;
    private final Origins origins;

    Settings(Config config) {
        this.config = config.unwrap(SmallRyeConfig.class);
        origins = new Origins(this.config, System.getenv());
    }

    /** By name. */
    public List<Setting> list() {
        Set<String> names = new TreeSet<>(FRAMEWORK);
        config.getPropertyNames().forEach(names::add);
        return names.stream()
                .filter(name -> name.startsWith(OWN) || name.startsWith(OF_THE_FRAMEWORK))
                .map(config::getConfigValue)
                .filter(value -> value.getValue() != null && !value.getValue().isEmpty())
                .map(this::setting)
                .filter(setting -> !setting.source().equals(Origins.DEFAULT) || isKnown(setting.name()))
                .toList();
    }

    private Setting setting(ConfigValue value) {
        String name = value.getName();
        return new Setting(name, isKnown(name) ? shown(name, value.getValue()) : MASK, origins.of(value));
    }

    /** Of other settings nobody here can tell what they hold. */
    private static boolean isKnown(String name) {
        return name.startsWith(OWN) || FRAMEWORK.contains(name);
    }

    /** Names under {@code millrace.} that something gives a value. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(OWN)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Settings of Millrace's that hold a secret, but for hashes, by the file that they are from. */
    Map<String, List<String>> secretsByFile() {
        Map<String, List<String>> files = new TreeMap<>();
        for (Setting setting : list()) {
            boolean secret = setting.name().startsWith(OWN)
                    && setting.value().contains(MASK)
                    && !setting.name().endsWith(".hash");
            if (secret && setting.source().startsWith(Origins.FILE)) {
                String file = setting.source().substring(Origins.FILE.length());
                files.computeIfAbsent(file, _ -> new ArrayList<>()).add(setting.name());
            }
        }
        return files;
    }

    static String shown(String name, String value) {
        return SECRET.matcher(name).matches()
                ? MASK
                : PASSWORD_IN_ADDRESS.matcher(value).replaceAll("//" + MASK + "@");
    }
}
