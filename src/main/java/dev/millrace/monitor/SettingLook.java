package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Whether the environment says things that nobody listens to: of a wrong name in a file the start is refused. */
@Singleton
class SettingLook implements Check {
    private static final String OURS = "MILLRACE_";

    private final Map<String, String> environment;

    @Inject
    SettingLook() {
        this(System.getenv());
    }

    SettingLook(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> findings() {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !SettingNames.isKnown(name))
                .sorted()
                .map(SettingLook::unknown)
                .toList();
    }

    private static Finding unknown(String variable) {
        String remedy = SettingNames.nearest(variable)
                .map(near -> "Did you mean " + near + "?")
                .orElse("See docs/configuration.md for those that there are, or take it away.");
        return new Finding(
                Severity.WARNING,
                "settings",
                "unknown-variable",
                "The environment variable " + variable + " means nothing to Millrace. " + remedy);
    }
}
