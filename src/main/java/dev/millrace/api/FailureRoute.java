package dev.millrace.api;

import dev.millrace.access.FailureForm;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Answers whatever went wrong, in any route: with a problem document, but for rooms that have a page for it. */
@Singleton
public class FailureRoute {
    private static final Logger LOG = Logger.getLogger(FailureRoute.class);

    private final List<FailureForm> forms;

    FailureRoute(@All List<FailureForm> forms) {
        this.forms = forms;
    }

    /** What the caller gets in place of a problem document; null when it is to get that. */
    String page(RoutingContext context, Problem problem) {
        for (FailureForm form : forms) {
            Optional<String> page = form.html(context, problem.code(), problem.detail());
            if (page.isPresent()) {
                return page.get();
            }
        }
        return null;
    }

    void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        Problem problem = problem(context, context.failure(), context.statusCode());
        headers(context, problem);
        String page = page(context, problem);
        response.setStatusCode(problem.code().status())
                .putHeader("Content-Type", page == null ? Problem.MEDIA_TYPE : FailureForm.HTML)
                .end(page == null ? Buffer.buffer(problem.document(Exchange.requestId(context))) : Buffer.buffer(page));
    }

    /** The headers that go with a problem, beside its type. */
    static void headers(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (problem.retryAfter() > 0) {
            response.putHeader("Retry-After", Integer.toString(problem.retryAfter()));
        }
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.code() == ErrorCode.METHOD_NOT_ALLOWED) {
            response.putHeader("Allow", Endpoints.allow(Endpoints.methods(Exchange.path(context))));
        }
        if (problem.code() == ErrorCode.TOO_LARGE) {
            Body.abandon(context);
        }
    }

    /**
     * @param failure null when only a status is known
     * @param status 0 or less when it is not known
     */
    static Problem problem(RoutingContext context, Throwable failure, int status) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof MillraceException expected) {
            return Problem.of(expected);
        }
        if (cause instanceof HttpException refused) {
            return ofStatus(refused.getStatusCode(), Exchange.path(context));
        }
        if (cause == null || status >= 400 && status < 500) {
            return ofStatus(status, Exchange.path(context));
        }
        if (cause instanceof IOException) {
            LOG.debugf("Request %s ended early: %s", Exchange.requestId(context), cause.getMessage());
        } else {
            LOG.errorf(
                    cause,
                    "Request %s failed: %s %s",
                    Exchange.requestId(context),
                    context.request().method(),
                    Problem.printable(context.request().path()));
        }
        return Problem.of(ErrorCode.INTERNAL, "Something went wrong here. The log has it under the request's id.");
    }

    /** What a status of the framework means. */
    static Problem ofStatus(int status, String path) {
        return switch (status) {
            case 401 -> Problem.of(ErrorCode.UNAUTHENTICATED, "An API key is needed: send Authorization: Bearer KEY.");
            case 403 -> Problem.of(ErrorCode.FORBIDDEN, "This is not allowed.");
            case 404 -> Problem.of(Endpoints.noRoute(path));
            case 405 ->
                Problem.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This address answers to " + Endpoints.allow(Endpoints.methods(path)) + " only.");
            case 406 -> Problem.of(ErrorCode.NOT_ACCEPTABLE, "The API answers with application/json only.");
            case 413 -> Problem.of(Body.tooLarge(Limits.LARGEST_BODY));
            case 415 -> Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This Content-Type is not read here.");
            case 503 -> Problem.of(ErrorCode.STORE_UNAVAILABLE, "The server is busy or stopping.");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(ErrorCode.INVALID_REQUEST, "The request could not be understood.")
                        : Problem.of(ErrorCode.INTERNAL, "Something went wrong here.");
        };
    }
}
