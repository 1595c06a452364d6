package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.Order;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows the processes there are, and tells workers what to do. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class NodeResource {
    private final Nodes nodes;
    private final Bodies bodies;

    NodeResource(Nodes nodes, Bodies bodies) {
        this.nodes = nodes;
        this.bodies = bodies;
    }

    @GET
    @Path("/clustering/nodes")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> list() {
        return Answers.page(nodes.list(), null, NodeResource::write, json -> {});
    }

    @POST
    @Path("/clustering/nodes/{id}/quiet")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> quiet(@PathParam("id") String id, RoutingContext context) {
        return tell(id, Order.QUIET, context);
    }

    @POST
    @Path("/clustering/nodes/{id}/resume")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> resume(@PathParam("id") String id, RoutingContext context) {
        return tell(id, Order.RESUME, context);
    }

    @POST
    @Path("/clustering/nodes/{id}/stop")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> stop(@PathParam("id") String id, RoutingContext context) {
        return tell(id, Order.STOP, context);
    }

    private CompletionStage<RestResponse<byte[]>> tell(String id, Order order, RoutingContext context) {
        Credential credential = Exchange.credential(context);
        if (credential.queues() != null) {
            throw new MillraceException(
                    ErrorCode.FORBIDDEN, "This credential is for some queues only; a worker may serve others as well.");
        }
        String by = credential.id() == null ? "a program on the server's machine" : "the API key " + credential.id();
        return bodies.none(context, nothing -> {
            Node node = nodes.tell(id, order, by);
            return Answers.ok(json -> write(json, node));
        });
    }

    private static void write(JsonGenerator json, Node node) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", node.id());
        json.writeStringField("name", node.name());
        json.writeStringField("state", node.load().stage().wire());
        if (node.pending() != null) {
            json.writeStringField("told", node.pending().wire());
        }
        json.writeStringField("host", node.host());
        json.writeStringField("version", node.version());
        json.writeArrayFieldStart("roles");
        for (String role : new TreeSet<>(node.roles())) {
            json.writeString(role);
        }
        json.writeEndArray();
        json.writeStringField("startedAt", Iso.write(node.startedAt()));
        load(json, node.load());
        json.writeEndObject();
    }

    private static void load(JsonGenerator json, Node.Load load) throws IOException {
        json.writeStringField("heartbeatAt", Iso.write(load.heartbeatAt()));
        json.writeNumberField("running", load.running());
        if (load.cpu() >= 0) {
            json.writeNumberField("cpu", Math.round(load.cpu() * 1000) / 1000.0);
        }
        if (load.memoryBytes() > 0) {
            json.writeNumberField("memoryBytes", load.memoryBytes());
        }
        json.writeNumberField("clockOffsetMillis", load.clockOffset().toMillis());
    }
}
