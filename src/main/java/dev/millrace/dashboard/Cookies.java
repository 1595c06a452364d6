package dev.millrace.dashboard;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The dashboard's cookies: never for scripts, never for other sites. */
final class Cookies {
    static final String SESSION = "millrace-session";
    static final String THEME = "millrace-theme";
    static final String FLASH = "millrace-flash";

    private Cookies() {}

    /** Null when there is none. */
    static String read(RoutingContext context, String name) {
        Cookie cookie = context.request().getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    /** A cookie of zero length is removed. */
    static void write(RoutingContext context, String name, String value, Duration length) {
        context.response()
                .addCookie(Cookie.cookie(name, value)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT)
                        .setSecure(!Local.host(context.request()))
                        .setMaxAge(length.toSeconds()));
    }

    static void remove(RoutingContext context, String name) {
        write(context, name, "", Duration.ZERO);
    }
}
