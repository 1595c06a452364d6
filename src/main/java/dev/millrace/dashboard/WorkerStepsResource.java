package dev.millrace.dashboard;

import dev.millrace.access.Role;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.Order;
import dev.millrace.task.MillraceException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Steers a worker: quiet, resume, stop. */
@Path("/workers")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class WorkerStepsResource {
    private static final String PAGE = "/workers";

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance workerStop(Frame frame, WorkerRow node);
    }

    private final Frames frames;
    private final Present present;
    private final Nodes nodes;

    WorkerStepsResource(Frames frames, Present present, Nodes nodes) {
        this.frames = frames;
        this.present = present;
        this.nodes = nodes;
    }

    @POST
    @Path("/quiet")
    public RestResponse<Void> quiet(@RestForm String node, RoutingContext context) {
        return tell(context, node, Order.QUIET, "is told to take nothing new; what runs goes on.");
    }

    @POST
    @Path("/resume")
    public RestResponse<Void> resume(@RestForm String node, RoutingContext context) {
        return tell(context, node, Order.RESUME, "is told to take tasks again.");
    }

    /** Asks first. */
    @GET
    @Path("/stop")
    public Object askToStop(@RestQuery String node, RoutingContext context) {
        Visitor.of(context).require(Role.OPERATOR);
        Node known = nodes.list().stream()
                .filter(each -> each.id().equals(node))
                .findFirst()
                .orElse(null);
        return known == null
                ? Answers.to(context, PAGE, Notice.refused("This process is gone already."))
                : Templates.workerStop(
                        frames.page(context, Section.WORKERS, "Are you sure?"), WorkerRow.of(known, List.of()));
    }

    @POST
    @Path("/stop")
    public RestResponse<Void> stop(@RestForm String node, RoutingContext context) {
        return tell(context, node, Order.STOP, "is told to let what runs end, and to exit.");
    }

    private RestResponse<Void> tell(RoutingContext context, String node, Order order, String done) {
        String name = Visitor.of(context).name();
        try {
            nodes.tell(node == null ? "" : node, order, name == null ? "a visitor of the dashboard" : "user " + name);
            present.forget();
            return Answers.to(context, PAGE, Notice.done("Worker " + node + " " + done));
        } catch (MillraceException e) {
            if (e.code().status() >= 500) {
                throw e;
            }
            return Answers.to(context, PAGE, Notice.refused(e.getMessage()));
        }
    }
}
