package dev.millrace.role;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.LinkedHashSet;
import java.util.Set;

/** What this process does. */
@ConfigMapping(prefix = "millrace.role")
public interface RoleConfig {
    String API = "api";
    String WORKER = "worker";
    String DASHBOARD = "dashboard";
    String SCHEDULER = "scheduler";

    /** Answers over HTTP. */
    @WithDefault("true")
    boolean api();

    /** Runs tasks. */
    @WithDefault("true")
    boolean worker();

    /** Shows and steers everything in the browser. */
    @WithDefault("true")
    boolean dashboard();

    /** Does the recurring upkeep; safe on any number of nodes at once. */
    @WithDefault("true")
    boolean scheduler();

    /** The names of those that are on. */
    default Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        if (api()) {
            names.add(API);
        }
        if (worker()) {
            names.add(WORKER);
        }
        if (dashboard()) {
            names.add(DASHBOARD);
        }
        if (scheduler()) {
            names.add(SCHEDULER);
        }
        return names;
    }
}
