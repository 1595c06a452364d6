package dev.millrace.delivery.destination;

import java.time.Duration;

/**
 * How each backend is asked whether it is well: GET, and any 2xx is a yes. Two noes in a row take it out.
 *
 * @param path begins with a slash; in place of the backend's own
 * @param interval PT1S to PT1H
 * @param timeout PT0.1S to PT1M
 */
public record HealthCheck(String path, Duration interval, Duration timeout) {
    public static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);

    public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    public static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    public static final String PATH_RULE = "must be a path such as /healthz";

    /** Whether a text may be the path of a check. */
    public static boolean isPath(String text) {
        return text.matches("/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}){0,512}") && !text.startsWith("//");
    }
}
