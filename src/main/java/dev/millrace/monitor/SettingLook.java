package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the environment says things that nobody listens to: of a wrong name in a file the start is refused. */
@Singleton
class SettingLook implements Check {
    private static final String OURS = "MILLRACE_";

    private final Map<String, String> environment;
    private final Set<String> settings;

    @Inject
    SettingLook(Settings settings) {
        this(System.getenv(), settings.names());
    }

    /**
     * @param settings that were given, by the names under which they were understood
     */
    SettingLook(Map<String, String> environment, Set<String> settings) {
        this.environment = environment;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> findings() {
        Stream<Finding> unknown = environment.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !SettingNames.isKnown(name))
                .sorted()
                .map(SettingLook::unknown);
        Stream<Finding> misunderstood = settings.stream()
                .filter(name -> !SettingNames.isSetting(name))
                .map(SettingNames::variable)
                .filter(variable -> environment.containsKey(variable) && SettingNames.isLikeASetting(variable))
                .distinct()
                .map(SettingLook::misunderstood);
        return Stream.concat(unknown, misunderstood).toList();
    }

    /** An underscore may stand for any sign, so a name of more than one word is not recognised unless a file has it. */
    private static Finding misunderstood(String variable) {
        return finding("The environment variable " + variable + " sets nothing, since the name within it has more than"
                + " letters and digits. Take a name without - . and _, or put the setting into a file.");
    }

    private static Finding unknown(String variable) {
        String remedy = SettingNames.nearest(variable)
                .map(near -> "Did you mean " + near + "?")
                .orElse("See docs/configuration.md for those that there are, or take it away.");
        return finding("The environment variable " + variable + " means nothing to Millrace. " + remedy);
    }

    private static Finding finding(String sentence) {
        return new Finding(Severity.WARNING, "settings", "unknown-variable", sentence);
    }
}
