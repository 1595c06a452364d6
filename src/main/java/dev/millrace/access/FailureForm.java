package dev.millrace.access;

import dev.millrace.task.ErrorCode;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** How a failure looks to people: a room that answers with pages has one for what goes wrong. */
public interface FailureForm {
    /** What {@link #html} is. */
    String HTML = "text/html;charset=UTF-8";

    /**
     * The whole page; empty when the request is not one of this room's, or does not ask for a page.
     *
     * @param detail one sentence that may be shown to anyone; not escaped
     */
    Optional<String> html(RoutingContext context, ErrorCode code, String detail);
}
