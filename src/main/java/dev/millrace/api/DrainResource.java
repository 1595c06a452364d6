package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import dev.millrace.worker.Worker;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Has the worker of this process run what there is. The answer is held until it has, so that a platform which counts open
 * requests sees it busy.
 */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.worker", stringValue = "false")
public class DrainResource {
    private static final long MOST = 1_000_000_000;

    private final Worker worker;
    private final DrainCall usual;
    private final Bodies bodies;

    DrainResource(Worker worker, DrainCall usual, Bodies bodies) {
        this.worker = worker;
        this.usual = usual;
        this.bodies = bodies;
    }

    @POST
    @Path("/drain")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> drain(RoutingContext context) {
        return bodies.optional(context, this::read, call -> drain(call, context));
    }

    /** How long it took is said in a header: what a caller waited beyond that is the time it took to wake this process. */
    private RestResponse<byte[]> drain(DrainCall call, RoutingContext context) {
        long start = System.nanoTime();
        Drained drained = worker.drain(call);
        long millis = (System.nanoTime() - start) / 1_000_000;
        context.response().putHeader("Server-Timing", "drain;dur=" + millis);
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("done", drained.done());
            json.writeBooleanField("more", drained.more());
            json.writeEndObject();
        });
    }

    private DrainCall read(JsonInput in) {
        Long max = null;
        Duration slice = null;
        Duration idle = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "max" -> max = Values.whole(in, 1, MOST);
                    case "slice" -> slice = Values.duration(in, DrainCall.SHORTEST, DrainCall.LONGEST);
                    case "idle" -> idle = Values.duration(in, Duration.ZERO, DrainCall.LONGEST_IDLE);
                    default -> in.unknown();
                }
            }
        }
        return new DrainCall(
                max == null ? DrainCall.ALL : max,
                slice == null ? usual.slice() : slice,
                idle == null ? usual.idle() : idle);
    }
}
