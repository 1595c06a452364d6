package dev.millrace.dashboard;

import dev.millrace.access.SameMachine;
import io.vertx.core.http.HttpServerRequest;

/** Where a request says that it comes from and goes to. */
final class Local {
    private Local() {}

    /** The Host header, or what stands for it; null when there is none. */
    static String authority(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host == null && request.authority() != null ? request.authority().toString() : host;
    }

    /** Whether the browser called this machine by one of its own names. */
    static boolean host(HttpServerRequest request) {
        return SameMachine.refusal(authority(request), null, null).isEmpty();
    }

    /** Whether a page of another origin made the browser send this. What says nothing of its origin is no browser. */
    static boolean foreign(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null
                && !origin.equals("http://" + authority(request))
                && !origin.equals("https://" + authority(request));
    }
}
