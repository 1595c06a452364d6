package dev.millrace.api;

import dev.millrace.access.FailureForm;
import dev.millrace.task.MillraceException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what endpoints throw, and what the framework throws on their behalf, into problem documents. */
public class Problems {
    private final FailureRoute failures;

    Problems(FailureRoute failures) {
        this.failures = failures;
    }

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

    private RestResponse<byte[]> answer(RoutingContext context, Problem problem) {
        FailureRoute.headers(context, problem);
        String page = failures.page(context, problem);
        return RestResponse.ResponseBuilder.<byte[]>create(problem.code().status())
                .entity(
                        page == null
                                ? problem.document(Exchange.requestId(context))
                                : page.getBytes(StandardCharsets.UTF_8))
                .type(page == null ? Problem.MEDIA_TYPE : FailureForm.HTML)
                .build();
    }
}
