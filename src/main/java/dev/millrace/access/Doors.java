package dev.millrace.access;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which of the gates a request has to pass: that of the API, with its keys, or that of the dashboard, with its sessions. */
@Singleton
public class Doors {
    private final boolean dashboard;

    Doors(@ConfigProperty(name = "millrace.role.dashboard", defaultValue = "true") boolean dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * Whether the dashboard's gate is the one: at everything but the API, health and what the framework has of its own,
     * in a process that has a dashboard.
     *
     * @param path decoded and normalized
     */
    public boolean leadToDashboard(String path) {
        return dashboard && !(within(path, "/api") || within(path, "/q") || within(path, "/health"));
    }

    private static boolean within(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
