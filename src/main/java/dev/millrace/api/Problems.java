package dev.millrace.api;

import dev.millrace.task.MillraceException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what endpoints throw, and what the framework throws on their behalf, into problem documents. */
public class Problems {
    @ServerExceptionMapper
    public RestResponse<byte[]> expected(MillraceException e, RoutingContext context) {
        return answer(context, Problem.of(e));
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> framework(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        Throwable cause = e.getCause() instanceof MillraceException ? e.getCause() : null;
        return answer(context, FailureRoute.problem(context, cause, status));
    }

    @ServerExceptionMapper
    public RestResponse<byte[]> unexpected(Throwable e, RoutingContext context) {
        return answer(context, FailureRoute.problem(context, e, 0));
    }

    private static RestResponse<byte[]> answer(RoutingContext context, Problem problem) {
        FailureRoute.headers(context, problem);
        return RestResponse.ResponseBuilder.<byte[]>create(problem.code().status())
                .entity(problem.document(Exchange.requestId(context)))
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
