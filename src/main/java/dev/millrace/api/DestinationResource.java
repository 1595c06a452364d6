package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.access.Role;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.route.Accounts;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.NameRules;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows and sets destinations. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class DestinationResource {
    private final Destinations destinations;
    private final Accounts accounts;
    private final Targets targets;
    private final Bodies bodies;

    DestinationResource(Destinations destinations, Accounts accounts, Targets targets, Bodies bodies) {
        this.destinations = destinations;
        this.accounts = accounts;
        this.targets = targets;
        this.bodies = bodies;
    }

    @GET
    @Path("/destinations")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> list(RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("limit", "cursor"), false);
        int limit = query.limit();
        String cursor = query.cursor();
        query.refuse();
        String after = cursor == null ? "" : name(cursor);
        List<Destination> rest = destinations.list().stream()
                .filter(destination -> destination.name().compareTo(after) > 0)
                .toList();
        List<Destination> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = page.size() < rest.size() ? cursor(page.getLast().name()) : null;
        return Answers.page(
                page, next, (json, destination) -> new DestinationWriter(json).write(destination), json -> {});
    }

    @GET
    @Path("/destinations/{name}")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> find(@PathParam("name") String name, RoutingContext context) {
        return answer(context, existing(name));
    }

    @GET
    @Path("/destinations/{name}/stats")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> stats(@PathParam("name") String name, RoutingContext context) {
        Destination destination = existing(name);
        boolean operator = Exchange.credential(context).has(Role.OPERATOR);
        return Answers.ok(json -> new DestinationWriter(json).stats(destination, accounts.of(name), operator));
    }

    @PUT
    @Path("/destinations/{name}")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> put(@PathParam("name") String name, RoutingContext context) {
        checked(name);
        return Body.read(context, Limits.ENVELOPE)
                .thenApplyAsync(
                        body -> {
                            MediaTypes.require(context.request().getHeader("Content-Type"), MediaTypes.JSON);
                            return put(name, body, context);
                        },
                        bodies.threads());
    }

    private RestResponse<byte[]> put(String name, byte[] body, RoutingContext context) {
        Destination present = destinations.find(name).orElse(null);
        Destination wanted = Bodies.parse(body, in -> DestinationReader.read(in, name, present, targets));
        boolean onlyNew = "*".equals(context.request().getHeader("If-None-Match"));
        long expected = onlyNew ? DestinationStore.NONE : expected(context);
        Destination kept = destinations.put(wanted, expected);
        RestResponse<byte[]> answer = answer(context, kept);
        return present == null
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, answer.getEntity())
                        .build()
                : answer;
    }

    @DELETE
    @Path("/destinations/{name}")
    @Needs.Operator
    @RunOnVirtualThread
    public RestResponse<byte[]> delete(@PathParam("name") String name, RoutingContext context) {
        destinations.remove(checked(name), expected(context));
        return RestResponse.noContent();
    }

    private Destination existing(String name) {
        return destinations.find(checked(name)).orElseThrow(() -> Destinations.notFound(name));
    }

    static String checked(String name) {
        if (!NameRules.isQueue(name)) {
            throw Faults.one("/name", Names.QUEUE_RULE);
        }
        return name;
    }

    static RestResponse<byte[]> answer(RoutingContext context, Destination destination) {
        context.response().putHeader("ETag", '"' + String.valueOf(destination.version()) + '"');
        return Answers.ok(json -> new DestinationWriter(json).write(destination));
    }

    private static long expected(RoutingContext context) {
        Long revision = EntityTag.revision(context.request().getHeader("If-Match"));
        return revision == null ? DestinationStore.ANY : revision;
    }

    private static String cursor(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String cursor) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (NameRules.isQueue(name)) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words.
        }
        throw new MillraceException(ErrorCode.INVALID_REQUEST, "This cursor is not one that this list gave.");
    }
}
