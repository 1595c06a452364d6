package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.access.Role;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Checks what each endpoint needs ({@link Needs}), before its body is read. */
public class RoleFilters {
    @Needs.Viewer
    @ServerRequestFilter(nonBlocking = true)
    public void viewer(ContainerRequestContext request, RoutingContext context) {
        check(request, context, Role.VIEWER);
    }

    @Needs.Submitter
    @ServerRequestFilter(nonBlocking = true)
    public void submitter(ContainerRequestContext request, RoutingContext context) {
        check(request, context, Role.SUBMITTER);
    }

    @Needs.Reader
    @ServerRequestFilter(nonBlocking = true)
    public void reader(ContainerRequestContext request, RoutingContext context) {
        Credential credential = Exchange.credential(context);
        check(request, context, credential.has(Role.SUBMITTER) ? Role.SUBMITTER : Role.VIEWER);
    }

    @Needs.Worker
    @ServerRequestFilter(nonBlocking = true)
    public void worker(ContainerRequestContext request, RoutingContext context) {
        check(request, context, Role.WORKER);
    }

    @Needs.Operator
    @ServerRequestFilter(nonBlocking = true)
    public void operator(ContainerRequestContext request, RoutingContext context) {
        check(request, context, Role.OPERATOR);
    }

    @Needs.Admin
    @ServerRequestFilter(nonBlocking = true)
    public void admin(ContainerRequestContext request, RoutingContext context) {
        check(request, context, Role.ADMIN);
    }

    private static void check(ContainerRequestContext request, RoutingContext context, Role needed) {
        Credential credential = Exchange.credential(context);
        if (credential == Credential.OPEN) {
            return;
        }
        credential.require(needed);
        String queue = request.getUriInfo().getPathParameters().getFirst("queue");
        if (queue != null) {
            credential.requireQueue(queue);
        }
    }
}
