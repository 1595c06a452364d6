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
import java.util.ArrayList;
import java.util.List;
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
        return change(name, context, (present, wanted) -> {
            List<Backend> after = without(present, wanted.url());
            after.add(wanted);
            if (after.size() > Destination.BACKENDS) {
                throw Faults.one("/url", "would be one more than the " + Destination.BACKENDS + " there may be");
            }
            return after;
        });
    }

    @POST
    @Path("/destinations/{name}/backends/drain")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> drain(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> drained(present, wanted.url(), true));
    }

    @POST
    @Path("/destinations/{name}/backends/resume")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> resume(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> drained(present, wanted.url(), false));
    }

    @POST
    @Path("/destinations/{name}/backends/remove")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> remove(@PathParam("name") String name, RoutingContext context) {
        return change(name, context, (present, wanted) -> {
            require(present, wanted.url());
            if (present.size() == 1) {
                throw Faults.one("/url", "is the last backend: delete the destination instead");
            }
            return without(present, wanted.url());
        });
    }

    private CompletionStage<RestResponse<byte[]>> change(
            String name, RoutingContext context, BiFunction<List<Backend>, Backend, List<Backend>> change) {
        DestinationResource.checked(name);
        return bodies.required(context, in -> DestinationReader.backend(in, targets))
                .thenApplyAsync(
                        wanted -> DestinationResource.answer(
                                context,
                                destinations.change(
                                        name, before -> before.withBackends(change.apply(before.backends(), wanted)))),
                        bodies.threads());
    }

    private static List<Backend> drained(List<Backend> present, String url, boolean draining) {
        require(present, url);
        return present.stream()
                .map(backend -> backend.url().equals(url) ? backend.drained(draining) : backend)
                .toList();
    }

    private static List<Backend> without(List<Backend> present, String url) {
        List<Backend> rest = new ArrayList<>(present);
        rest.removeIf(backend -> backend.url().equals(url));
        return rest;
    }

    private static void require(List<Backend> present, String url) {
        if (present.stream().noneMatch(backend -> backend.url().equals(url))) {
            throw Faults.one("/url", "is no backend of this destination");
        }
    }
}
