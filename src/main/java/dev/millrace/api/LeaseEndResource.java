package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Needs;
import dev.millrace.queue.Answer;
import dev.millrace.queue.Extended;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.LeaseTokens;
import dev.millrace.queue.Leases;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Outcome;
import dev.millrace.task.Task;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Ends, extends and reports on one lease. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class LeaseEndResource {
    private final Leases leases;
    private final LeaseTokens tokens;
    private final Tasks tasks;
    private final Bodies bodies;

    LeaseEndResource(Leases leases, LeaseTokens tokens, Tasks tasks, Bodies bodies) {
        this.leases = leases;
        this.tokens = tokens;
        this.tasks = tasks;
        this.bodies = bodies;
    }

    @POST
    @Path("/leases/{token}/complete")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> complete(@PathParam("token") String wire, RoutingContext context) {
        LeaseToken token = tokens.decode(wire);
        return bodies.optional(
                context,
                in -> OutcomeReader.succeeded(in, bodies.payloadLimit()),
                outcome -> settle(token, outcome, context));
    }

    @POST
    @Path("/leases/{token}/fail")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> fail(@PathParam("token") String wire, RoutingContext context) {
        LeaseToken token = tokens.decode(wire);
        return bodies.optional(context, OutcomeReader::failed, outcome -> settle(token, outcome, context));
    }

    @POST
    @Path("/leases/{token}/release")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> release(@PathParam("token") String wire, RoutingContext context) {
        LeaseToken token = tokens.decode(wire);
        return bodies.optional(context, OutcomeReader::released, outcome -> settle(token, outcome, context));
    }

    @POST
    @Path("/leases/{token}/extend")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> extend(@PathParam("token") String wire, RoutingContext context) {
        LeaseToken token = tokens.decode(wire);
        return bodies.optional(context, OutcomeReader::extension, lease -> {
            Extended extended = leases.extend(token, lease);
            require(extended.settled());
            return Answers.ok(json -> {
                json.writeStartObject();
                json.writeStringField("expiresAt", Iso.write(extended.expiresAt()));
                json.writeEndObject();
            });
        });
    }

    @POST
    @Path("/leases/{token}/progress")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> progress(@PathParam("token") String wire, RoutingContext context) {
        LeaseToken token = tokens.decode(wire);
        return bodies.optional(
                context,
                in -> OutcomeReader.report(in, token),
                report -> answer(leases.report(List.of(report)).getFirst(), context));
    }

    private RestResponse<byte[]> settle(LeaseToken token, Outcome outcome, RoutingContext context) {
        return answer(leases.settle(List.of(new Answer(token, outcome))).getFirst(), context);
    }

    private RestResponse<byte[]> answer(Settled settled, RoutingContext context) {
        require(settled);
        Optional<Task> task = tasks.find(settled.id(), true);
        return task.map(found -> Answers.task(context, found)).orElseGet(() -> removed(settled));
    }

    private static void require(Settled settled) {
        if (!settled.holds()) {
            throw Refusals.of(settled);
        }
    }

    /** It ended and was removed before it could be read. */
    private static RestResponse<byte[]> removed(Settled settled) {
        return Answers.ok(json -> write(json, settled));
    }

    private static void write(JsonGenerator json, Settled settled) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", settled.id().value());
        json.writeStringField("state", settled.state().wire());
        json.writeNumberField("generation", settled.generation());
        json.writeEndObject();
    }
}
