package dev.millrace.dashboard;

import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.RestResponse;

/** What is answered besides pages. */
public final class Answers {
    private Answers() {}

    /** Sends the browser to another page of the dashboard, to show there what became of what it asked for. */
    public static RestResponse<Void> to(RoutingContext context, String path, Notice notice) {
        if (notice != null) {
            notice.keep(context);
        }
        return RestResponse.ResponseBuilder.<Void>create(303)
                .header("Location", path)
                .build();
    }

    /** The path, when it is one of the dashboard's own; else the overview's. */
    static String local(String path) {
        if (path == null || !path.startsWith("/") || path.startsWith("//") || path.contains("\\")) {
            return "/";
        }
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 127) {
                return "/";
            }
        }
        return path;
    }

    /** Whether only a part of the page is asked for. */
    public static boolean part(RoutingContext context) {
        return context.request().getHeader("HX-Request") != null;
    }
}
