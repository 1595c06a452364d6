package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.queue.Change;
import dev.millrace.queue.Tasks;
import dev.millrace.scale.Kicks;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Changes tasks from outside their leases. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class TaskChangeResource {
    private final Tasks tasks;
    private final Bodies bodies;
    private final Kicks kicks;

    TaskChangeResource(Tasks tasks, Bodies bodies, Kicks kicks) {
        this.tasks = tasks;
        this.bodies = bodies;
        this.kicks = kicks;
    }

    @POST
    @Path("/tasks/{id}/cancel")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> cancel(@PathParam("id") String id, RoutingContext context) {
        Change change = new Change.Cancel(Names.task(id), revision(context));
        return bodies.none(context, nothing -> change(change, context));
    }

    @POST
    @Path("/tasks/{id}/run-now")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> runNow(@PathParam("id") String id, RoutingContext context) {
        Change change = new Change.RunNow(Names.task(id), revision(context));
        return bodies.none(context, nothing -> change(change, context));
    }

    @POST
    @Path("/tasks/{id}/retry")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> retry(@PathParam("id") String id, RoutingContext context) {
        TaskId taskId = Names.task(id);
        Long revision = revision(context);
        return bodies.optional(
                context, in -> new Change.Retry(taskId, revision, payload(in)), change -> change(change, context));
    }

    @DELETE
    @Path("/tasks/{id}")
    @Needs.Operator
    @RunOnVirtualThread
    public RestResponse<byte[]> delete(@PathParam("id") String id, RoutingContext context) {
        Change change = new Change.Delete(Names.task(id), revision(context));
        requireVisible(change.id(), context);
        tasks.change(change);
        return RestResponse.noContent();
    }

    private RestResponse<byte[]> change(Change change, RoutingContext context) {
        requireVisible(change.id(), context);
        Task changed = tasks.change(change);
        if (changed.state() == TaskState.READY) {
            kicks.ready(changed.queue());
        }
        return Answers.task(context, changed);
    }

    /** Only a credential that is bound to queues makes this worth a look at the task. */
    private void requireVisible(TaskId id, RoutingContext context) {
        Credential credential = Exchange.credential(context);
        if (credential.queues() != null) {
            Task task = tasks.find(id, false).orElseThrow(() -> TaskResource.notFound(id));
            if (!credential.mayUse(task.queue())) {
                throw TaskResource.notFound(id);
            }
        }
    }

    private Payload payload(JsonInput in) {
        Payload payload = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "payload" -> payload = in.raw(bodies.payloadLimit());
                    default -> in.unknown();
                }
            }
        }
        return payload;
    }

    private static Long revision(RoutingContext context) {
        return EntityTag.revision(context.request().getHeader("If-Match"));
    }
}
