package dev.millrace.api;

import dev.millrace.access.BindCheck;
import dev.millrace.access.Credential;
import dev.millrace.access.Doors;
import dev.millrace.access.KeyRing;
import dev.millrace.access.Role;
import dev.millrace.access.SameMachine;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands before every route, the framework's own included, and before any body is read: names the request, turns away who
 * has no business here and what could not be answered, and lets the rest pass with its credential. The dashboard has a
 * gate of its own.
 */
@Singleton
public class Gate {
    /** Before everything else that looks at requests, body limits included. */
    private static final int FIRST = -100_000;

    private static final String BEARER = "Bearer ";
    private static final String PROBES = "/q/health";

    private final KeyRing keys;
    private final FailureRoute failures;
    private final BindCheck bind;
    private final Traffic traffic;
    private final Doors doors;
    private final RequestIds ids = new RequestIds();

    Gate(KeyRing keys, FailureRoute failures, BindCheck bind, Traffic traffic, Doors doors) {
        this.keys = keys;
        this.failures = failures;
        this.bind = bind;
        this.traffic = traffic;
        this.doors = doors;
    }

    /** Happens before the server listens, so a refusal leaves no moment in which it does. */
    void install(@Observes Router router, @ConfigProperty(name = "quarkus.http.host") String host) {
        bind.refusal(host).ifPresent(why -> {
            throw new MillraceException(ErrorCode.FORBIDDEN, why);
        });
        router.route().order(FIRST).handler(this::pass).failureHandler(failures::answer);
        // Addresses that the router itself cannot read never reach a route.
        router.errorHandler(400, context -> {
            Exchange.begin(context, ids.of(context.request().getHeader(Exchange.REQUEST_ID)));
            failures.answer(context);
        });
    }

    private void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        Exchange.begin(context, ids.of(request.getHeader(Exchange.REQUEST_ID)));
        traffic.enter(context);
        Head.check(request);
        String path = decodedPath(context);
        if (doors.leadToDashboard(path)) {
            context.next();
        } else {
            pass(context, path);
        }
    }

    private void pass(RoutingContext context, String path) {
        HttpServerRequest request = context.request();
        if (keys.isOpen()) {
            refuseForeign(request);
            Exchange.admit(context, Credential.OPEN);
        } else if (!isProbe(path)) {
            Exchange.admit(context, authenticate(request.getHeader("Authorization")));
            if (path.equals("/q/metrics")) {
                Exchange.credential(context).require(Role.VIEWER);
            }
        }
        if (Body.declaredLength(request) > Limits.LARGEST_BODY) {
            throw Body.tooLarge(Limits.LARGEST_BODY);
        }
        if (path.startsWith(Endpoints.BASE)) {
            if (request.method() == HttpMethod.OPTIONS) {
                options(context, path);
                return;
            }
            if (!Accepts.json(request.headers().getAll("Accept"))) {
                throw new MillraceException(ErrorCode.NOT_ACCEPTABLE, "The API answers with application/json only.");
            }
        }
        context.next();
    }

    private static String decodedPath(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException e) {
            throw new MillraceException(ErrorCode.INVALID_REQUEST, "The address is not well-formed.");
        }
    }

    private static void refuseForeign(HttpServerRequest request) {
        String host = request.getHeader("Host");
        if (host == null && request.version() == HttpVersion.HTTP_2 && request.authority() != null) {
            host = request.authority().toString();
        }
        SameMachine.refusal(host, request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"))
                .ifPresent(why -> {
                    throw new MillraceException(ErrorCode.FORBIDDEN, why);
                });
    }

    private Credential authenticate(String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return keys.credentialOf(authorization.substring(BEARER.length()).strip())
                    .orElseThrow(
                            () -> new MillraceException(ErrorCode.UNAUTHENTICATED, "This API key is not one of ours."));
        }
        throw new MillraceException(ErrorCode.UNAUTHENTICATED, "An API key is needed: send Authorization: Bearer KEY.");
    }

    private static boolean isProbe(String path) {
        return path.equals(PROBES) || path.startsWith(PROBES + "/");
    }

    private static void options(RoutingContext context, String path) {
        Set<String> allowed = Endpoints.methods(path);
        if (allowed.isEmpty()) {
            throw Endpoints.noRoute(path);
        }
        context.response()
                .setStatusCode(204)
                .putHeader("Allow", Endpoints.allow(allowed))
                .end();
    }
}
