package dev.millrace.dashboard;

import dev.millrace.access.Doors;
import dev.millrace.access.Role;
import dev.millrace.access.SameMachine;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * The gate of the dashboard: turns away who has no business here, sends who did not sign in to do so, and sees to it that
 * whatever changes something was asked for by a page of the dashboard itself, and by somebody who may.
 */
@Singleton
class FrontDoor {
    /** Right behind the gate of the API, which names each request. */
    private static final int SECOND = -99_999;

    /** Where what answers by itself stands, so that it is seen by those who may come in alone. */
    static final int BEHIND = SECOND + 1;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'";
    private static final String ABSENT = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Doors doors;
    private final Users users;
    private final Sessions sessions;

    FrontDoor(Doors doors, Users users, Sessions sessions) {
        this.doors = doors;
        this.users = users;
        this.sessions = sessions;
    }

    void install(@Observes Router router) {
        router.route().order(SECOND).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        String path = context.normalizedPath();
        if (!doors.leadToDashboard(path)) {
            context.next();
            return;
        }
        protect(context.response().headers());
        context.addHeadersEndHandler(done -> sayCharset(context.response().headers()));
        if (!isAsset(path)) {
            context.response().putHeader("Cache-Control", "no-store");
        }
        HttpServerRequest request = context.request();
        boolean changes = !HARMLESS.contains(request.method());
        if (users.open()) {
            refuseForeignHost(request);
            Visitor.OPEN.enter(context);
        } else {
            sessions.visitor(Cookies.read(context, Cookies.SESSION)).ifPresent(visitor -> visitor.enter(context));
        }
        if (changes && Local.foreign(request)) {
            throw new MillraceException(ErrorCode.FORBIDDEN, "Only the dashboard's own pages may ask for this.");
        }
        if (isForAnyone(path) || Visitor.seen(context) != null) {
            if (changes && !isForAnyone(path)) {
                Visitor.of(context).require(Role.OPERATOR);
            }
            context.next();
        } else {
            askToSignIn(context);
        }
    }

    private static void refuseForeignHost(HttpServerRequest request) {
        SameMachine.refusal(Local.authority(request), null, null).ifPresent(why -> {
            throw new MillraceException(ErrorCode.FORBIDDEN, why);
        });
    }

    private static void protect(MultiMap headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", ABSENT);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Pages that a method may answer or not are written as HTML without it. */
    private static void sayCharset(MultiMap headers) {
        if ("text/html".equals(headers.get("Content-Type"))) {
            headers.set("Content-Type", "text/html;charset=UTF-8");
        }
    }

    /** What the sign-in page needs. */
    private static boolean isForAnyone(String path) {
        return path.equals("/login") || path.equals("/logout") || path.equals("/theme") || isAsset(path);
    }

    /** Files, which may be kept: their addresses change with their content. */
    private static boolean isAsset(String path) {
        return path.equals("/favicon.ico") || path.startsWith("/dashboard/") || path.startsWith("/webjars/htmx.org/");
    }

    /** A part of a page that is asked for in the background takes the whole page there. */
    private static void askToSignIn(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean part = request.getHeader("HX-Request") != null;
        String accept = request.getHeader("Accept");
        boolean browser = part || accept != null && accept.contains("text/html");
        if (!browser || !HARMLESS.contains(request.method())) {
            throw new MillraceException(ErrorCode.UNAUTHENTICATED, "Sign in to the dashboard first, at /login.");
        }
        String wanted = part ? pageOf(request) : request.uri();
        String login = "/login?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        context.response()
                .setStatusCode(part ? 200 : 303)
                .putHeader(part ? "HX-Redirect" : "Location", login)
                .end();
    }

    /** Which page a part is for. */
    private static String pageOf(HttpServerRequest request) {
        try {
            URI page = URI.create(Objects.requireNonNullElse(request.getHeader("HX-Current-URL"), "/"));
            String query = page.getRawQuery();
            return Answers.local(query == null ? page.getRawPath() : page.getRawPath() + "?" + query);
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
