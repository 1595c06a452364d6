package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Needs;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.Self;
import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.NodeLog;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** The log of any node: this process from what it holds, another one from what it put into the store. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
public class NodeLogResource {
    /** In place of the id of the process that answers. */
    private static final String SELF = "self";

    private final NodeLog log;
    private final LogStore others;
    private final Nodes nodes;
    private final Self self;

    NodeLogResource(NodeLog log, LogStore others, Nodes nodes, Self self) {
        this.log = log;
        this.others = others;
        this.nodes = nodes;
        this.self = self;
    }

    @GET
    @Path("/clustering/nodes/{id}/log")
    @Needs.Operator
    @RunOnVirtualThread
    public RestResponse<byte[]> lines(@PathParam("id") String node, RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("after"), false);
        long after = query.number("after");
        query.refuse();
        if (Exchange.credential(context).queues() != null) {
            throw new MillraceException(
                    ErrorCode.FORBIDDEN, "This credential is for some queues only; the log tells of all.");
        }
        boolean own = node.equals(SELF) || node.equals(self.id());
        List<NodeLog.Line> lines = own ? log.after(after) : ofAnother(node, after);
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeStringField("node", own ? self.id() : node);
            json.writeArrayFieldStart("items");
            for (NodeLog.Line line : lines) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private List<NodeLog.Line> ofAnother(String node, long after) {
        List<NodeLog.Line> lines = others.after(node, after);
        boolean known = !lines.isEmpty()
                || nodes.list().stream().anyMatch(one -> one.id().equals(node))
                || !others.after(node, 0).isEmpty();
        if (!known) {
            throw new MillraceException(
                    ErrorCode.NOT_FOUND,
                    "There is no node of this id, and nothing in the store of what it said: a log is kept for an hour"
                            + " after its last line. GET /api/v1/clustering/nodes names those that there are; this one is "
                            + self.id() + ".");
        }
        return lines;
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
