package dev.millrace.dashboard;

import dev.millrace.access.Doors;
import dev.millrace.access.FailureForm;
import dev.millrace.task.ErrorCode;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What a browser gets when something goes wrong on the way to a page of the dashboard. */
@Singleton
class FailurePage implements FailureForm {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance failure(Frame frame, int status, String headline, String detail, String request);
    }

    private final Doors doors;
    private final Frames frames;

    FailurePage(Doors doors, Frames frames) {
        this.doors = doors;
        this.frames = frames;
    }

    @Override
    public Optional<String> html(RoutingContext context, ErrorCode code, String detail) {
        String accept = context.request().getHeader("Accept");
        boolean ours = accept != null && accept.contains("text/html") && doors.leadToDashboard(path(context));
        if (!ours) {
            return Optional.empty();
        }
        Frame frame = frames.bare(context, headline(code), null);
        String request = context.response().headers().get("X-Request-Id");
        return Optional.of(Templates.failure(frame, code.status(), headline(code), detail, request)
                .render());
    }

    private static String path(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException e) {
            return context.request().path();
        }
    }

    private static String headline(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND, METHOD_NOT_ALLOWED -> "Nothing here";
            case TASK_NOT_FOUND -> "No such task";
            case QUEUE_NOT_FOUND -> "No such queue";
            case FORBIDDEN -> "Not allowed";
            case UNAUTHENTICATED -> "Not signed in";
            case STORE_UNAVAILABLE -> "The store does not answer";
            case STORE_FULL -> "The store is full";
            case ILLEGAL_TRANSITION, PRECONDITION_FAILED, DUPLICATE_TASK -> "That is not possible now";
            case INTERNAL -> "Something went wrong";
            default -> "That did not work";
        };
    }
}
