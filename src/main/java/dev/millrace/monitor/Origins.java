package dev.millrace.monitor;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Says of settings where they come from, in words of those who set them. */
final class Origins {
    /** Nobody set it: it is as the program was built. */
    static final String DEFAULT = "default";

    static final String FILE = "file ";

    /** What {@code application.yaml} of the program says of itself; what others say is stronger. */
    private static final int WEAKEST_OF_USERS = 100;

    /** Where the framework puts what it found out at run time, such as a port, and so hides who said it. */
    private static final String FOUND_OUT = "ValueRegistryConfigSource";

    /** In a native executable, of what stood in files when it was built. */
    private static final Set<String> BUILT_IN = Set.of("Runtime Values", "BuildTime RunTime Fixed");

    private static final Pattern FROM_FILE = Pattern.compile(".*\\[source=(?:file:)?(/.*)]");

    private final SmallRyeConfig config;
    private final Map<String, String> environment;

    Origins(SmallRyeConfig config, Map<String, String> environment) {
        this.config = config;
        this.environment = environment;
    }

    String of(ConfigValue value) {
        String source = value.getConfigSourceName();
        return FOUND_OUT.equals(source)
                ? behind(value.getName())
                : words(value.getName(), source, value.getConfigSourceOrdinal());
    }

    private String behind(String name) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().equals(FOUND_OUT) && source.getValue(name) != null)
                .findFirst()
                .map(source -> words(name, source))
                .orElse(DEFAULT);
    }

    private String words(String name, ConfigSource source) {
        return words(name, source.getName(), source.getOrdinal());
    }

    private String words(String name, String source, int ordinal) {
        if (source == null || ordinal < WEAKEST_OF_USERS || isBuiltIn(source)) {
            return DEFAULT;
        }
        Matcher file = FROM_FILE.matcher(source);
        if (file.matches()) {
            return FILE + path(file.group(1));
        }
        return switch (source) {
            case "SysPropConfigSource" -> option(name);
            case EnvConfigSource.NAME -> variable(name);
            default -> source;
        };
    }

    private static boolean isBuiltIn(String source) {
        return BUILT_IN.contains(source) || source.startsWith("cached:") || source.contains("[source=jar:");
    }

    /** Options of the start command are passed on as system properties, each with its name beside it. */
    private static String option(String name) {
        String option = System.getProperty(Settings.OPTION + name);
        return option == null ? "system property" : "command line " + option;
    }

    private String variable(String name) {
        String variable = SettingNames.variable(name);
        return "environment variable " + (environment.containsKey(variable) ? variable : name);
    }

    /** A blank and the like is encoded in the name of a source. */
    private static String path(String encoded) {
        try {
            return Path.of(URI.create("file:" + encoded)).toString();
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
