package dev.millrace.dashboard;

import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * What became of the last thing asked for: shown once, on the page that the browser is sent to.
 *
 * @param kind {@code done} or {@code refused}
 */
public record Notice(String kind, String text) {
    private static final Duration WAITS = Duration.ofSeconds(60);
    private static final int LONGEST = 600;

    public static Notice done(String text) {
        return new Notice("done", text);
    }

    public static Notice refused(String text) {
        return new Notice("refused", text);
    }

    /** Kept for the next page. */
    void keep(RoutingContext context) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        byte[] bytes = (kind + " " + cut).getBytes(StandardCharsets.UTF_8);
        Cookies.write(
                context, Cookies.FLASH, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), WAITS);
    }

    /** The one that was kept, which is forgotten with this; null when there is none. */
    static Notice take(RoutingContext context) {
        String kept = Cookies.read(context, Cookies.FLASH);
        if (kept == null || kept.isEmpty()) {
            return null;
        }
        Cookies.remove(context, Cookies.FLASH);
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8).split(" ", 2);
            return parts.length < 2 ? null : parts[0].equals("done") ? done(parts[1]) : refused(parts[1]);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
