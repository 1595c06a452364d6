package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.guard.Targets;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestResponse;

/** Adds, drains and removes backends while tasks go on. Every answer is the destination after it. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class BackendResource {
    private final Destinations destinations;
    private final Targets targets;
    private final Bodies bodies;

    BackendResource(Destinations destinations, Targets targets, Bodies bodies) {
        this.destinations = destinations;
        this.targets = targets;
        this.bodies = bodies;
    }

    /** One that is there already gets this weight. */
    @POST
    @Path("/destinations/{name}/backends")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> add(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, Destination::with);
    }

    @POST
    @Path("/destinations/{name}/backends/drain")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> drain(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> present.drained(wanted.url(), true));
    }

    @POST
    @Path("/destinations/{name}/backends/resume")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> resume(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> present.drained(wanted.url(), false));
    }

    @POST
    @Path("/destinations/{name}/backends/remove")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> remove(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> present.without(wanted.url()));
    }

    private CompletionStage<RestResponse<byte[]>> change(
            String name, RoutingContext context, BiFunction<Destination, Backend, Destination> change) {
        DestinationResource.checked(name);
        return bodies.required(context, in -> DestinationReader.backend(in, targets))
                .thenApplyAsync(
                        wanted -> DestinationResource.answer(
                                context, destinations.change(name, before -> applied(change, before, wanted))),
                        bodies.threads());
    }

    private static Destination applied(
            BiFunction<Destination, Backend, Destination> change, Destination before, Backend wanted) {
        try {
            return change.apply(before, wanted);
        } catch (IllegalArgumentException e) {
            throw Faults.one("/url", e.getMessage());
        }
    }
}
