package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Needs;
import dev.millrace.scale.Demands;
import dev.millrace.scale.PoolDemand;
import dev.millrace.scale.QueueDemand;
import dev.millrace.scheduler.ChoreReport;
import dev.millrace.scheduler.Chores;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** What operators and their machines ask: how much work there is, and that upkeep is done. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class OperationsResource {
    private final Demands demands;
    private final Chores chores;
    private final Bodies bodies;
    private final InstantSource clock;

    OperationsResource(Demands demands, Chores chores, Bodies bodies, InstantSource clock) {
        this.demands = demands;
        this.chores = chores;
        this.bodies = bodies;
        this.clock = clock;
    }

    @GET
    @Path("/scaling")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> scaling(RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("pool"), false);
        String pool = query.text("pool");
        query.refuse();
        Demands.Snapshot demand = demands.read(pool, Exchange.credential(context)::mayUse);
        return Answers.ok(json -> {
            QueueWriter writer = new QueueWriter(json, clock.instant());
            json.writeStartObject();
            json.writeNumberField("demand", demand.demand());
            json.writeNumberField("workers", demand.workers());
            json.writeArrayFieldStart("queues");
            for (QueueDemand queue : demand.queues()) {
                writer.demand(queue);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("pools");
            for (PoolDemand each : demand.pools()) {
                writer.pool(each);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    @POST
    @Path("/maintenance/tick")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> tick(RoutingContext context) {
        return bodies.none(context, nothing -> {
            List<ChoreReport> reports = chores.runDue();
            return Answers.ok(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("chores");
                for (ChoreReport report : reports) {
                    chore(json, report);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        });
    }

    private static void chore(JsonGenerator json, ChoreReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("chore", report.chore());
        json.writeNumberField("done", report.done());
        if (report.failure() != null) {
            json.writeStringField("failure", report.failure());
        }
        json.writeEndObject();
    }
}
