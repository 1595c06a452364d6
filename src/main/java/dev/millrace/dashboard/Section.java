package dev.millrace.dashboard;

import java.util.Locale;

/** The pages of the navigation, in its order. */
public enum Section {
    OVERVIEW("Overview", "/", "o"),
    QUEUES("Queues", "/queues", "q"),
    TASKS("Tasks", "/tasks", "t"),
    DEAD_LETTERS("Dead letters", "/dead-letters", "d"),
    DESTINATIONS("Destinations", "/destinations", "e"),
    WORKERS("Workers", "/workers", "w"),
    SYSTEM("System", "/system", "s");

    private final String title;
    private final String path;
    private final String key;

    Section(String title, String path, String key) {
        this.title = title;
        this.path = path;
        this.key = key;
    }

    /** For scripts and style sheets. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public String path() {
        return path;
    }

    /** The letter that leads there. */
    public String key() {
        return key;
    }
}
