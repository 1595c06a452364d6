package dev.millrace.api;

import dev.millrace.access.Credential;
import io.vertx.ext.web.RoutingContext;

/** What the gate found out about a request, for those behind it. */
final class Exchange {
    static final String REQUEST_ID = "X-Request-Id";

    private static final String CREDENTIAL_KEY = "millrace.credential";

    private Exchange() {}

    static void begin(RoutingContext context, String requestId) {
        context.response().putHeader(REQUEST_ID, requestId);
    }

    static String requestId(RoutingContext context) {
        String id = context.response().headers().get(REQUEST_ID);
        return id == null ? "" : id;
    }

    /** The path, decoded where that is possible. */
    static String path(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException e) {
            return context.request().path();
        }
    }

    static void admit(RoutingContext context, Credential credential) {
        context.put(CREDENTIAL_KEY, credential);
    }

    /** Who calls; the gate lets nobody pass without one but to the probes. */
    static Credential credential(RoutingContext context) {
        Credential credential = context.get(CREDENTIAL_KEY);
        if (credential == null) {
            throw new IllegalStateException("This request did not come through the gate");
        }
        return credential;
    }
}
