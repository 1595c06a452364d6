package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Needs;
import dev.millrace.cluster.Self;
import dev.millrace.monitor.NodeLog;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** The log of this process, whatever its roles: each is asked for its own. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
public class NodeLogResource {
    /** In place of the id of the process that answers. */
    private static final String SELF = "self";

    private final NodeLog log;
    private final Self self;

    NodeLogResource(NodeLog log, Self self) {
        this.log = log;
        this.self = self;
    }

    @GET
    @Path("/clustering/nodes/{id}/log")
    @Needs.Operator
    @NonBlocking
    public RestResponse<byte[]> lines(@PathParam("id") String node, RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("after"), false);
        long after = query.number("after");
        query.refuse();
        if (Exchange.credential(context).queues() != null) {
            throw new MillraceException(
                    ErrorCode.FORBIDDEN, "This credential is for some queues only; the log tells of all.");
        }
        if (!node.equals(SELF) && !node.equals(self.id())) {
            throw new MillraceException(
                    ErrorCode.NOT_FOUND,
                    "This is node " + self.id() + ", which has its own log alone. Ask " + node
                            + " at the address that it listens on.");
        }
        List<NodeLog.Line> lines = log.after(after);
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeStringField("node", self.id());
            json.writeArrayFieldStart("items");
            for (NodeLog.Line line : lines) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, NodeLog.Line line) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", line.number());
        json.writeStringField("at", Iso.write(line.at()));
        json.writeStringField("level", line.level());
        json.writeStringField("logger", line.logger());
        json.writeStringField("message", line.message());
        json.writeEndObject();
    }
}
