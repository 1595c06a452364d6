package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseCall;
import dev.millrace.queue.LeaseTokens;
import dev.millrace.queue.Leases;
import dev.millrace.queue.PendingLease;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Hands tasks to workers in any language, with long polls that hold no thread. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class LeaseResource {
    private final Leases leases;
    private final LeaseTokens tokens;
    private final Bodies bodies;

    LeaseResource(Leases leases, LeaseTokens tokens, Bodies bodies) {
        this.leases = leases;
        this.tokens = tokens;
        this.bodies = bodies;
    }

    @POST
    @Path("/queues/{queue}/leases")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> ofQueue(@PathParam("queue") String queue, RoutingContext context) {
        return lease(Names.queue(queue), context);
    }

    @POST
    @Path("/leases")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> ofQueues(RoutingContext context) {
        return lease(null, context);
    }

    private CompletionStage<RestResponse<byte[]>> lease(String queue, RoutingContext context) {
        Credential credential = Exchange.credential(context);
        return bodies.optional(context, in -> LeaseReader.read(in, queue, credential.id()))
                .thenCompose(call -> wait(call, credential, context));
    }

    private CompletionStage<RestResponse<byte[]>> wait(LeaseCall call, Credential credential, RoutingContext context) {
        call.queues().forEach(credential::requireQueue);
        PendingLease pending = leases.lease(call);
        // A client that goes away, while it waits or before its answer is written, takes no task with it.
        context.addEndHandler(ended -> {
            if (ended.failed()) {
                pending.cancel();
            }
        });
        if (context.response().closed()) {
            pending.cancel();
        }
        return pending.leases().thenApply(given -> Answers.ok(json -> write(json, given)));
    }

    private void write(JsonGenerator json, List<Lease> given) throws IOException {
        TaskWriter tasks = new TaskWriter(json, Fields.ALL);
        json.writeStartObject();
        json.writeArrayFieldStart("leases");
        for (Lease lease : given) {
            json.writeStartObject();
            json.writeStringField("token", tokens.encode(lease.token()));
            json.writeNumberField("generation", lease.token().generation());
            json.writeStringField("expiresAt", Iso.write(lease.expiresAt()));
            json.writeFieldName("task");
            tasks.write(lease.task());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
