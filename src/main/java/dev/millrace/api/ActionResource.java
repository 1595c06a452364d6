package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.queue.Action;
import dev.millrace.queue.ActionReport;
import dev.millrace.queue.MergePatch;
import dev.millrace.queue.Tasks;
import dev.millrace.scale.Kicks;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Does something to all tasks that match a filter. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class ActionResource {
    private final Tasks tasks;
    private final Bodies bodies;
    private final Kicks kicks;

    ActionResource(Tasks tasks, Bodies bodies, Kicks kicks) {
        this.tasks = tasks;
        this.bodies = bodies;
        this.kicks = kicks;
    }

    @POST
    @Path("/tasks/actions")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> act(RoutingContext context) {
        return bodies.required(context, ActionReader::read)
                .thenApplyAsync(call -> act(call, Exchange.credential(context)), bodies.threads());
    }

    private RestResponse<byte[]> act(ActionReader.Call call, Credential credential) {
        if (call.filter().queue() != null) {
            credential.requireQueue(call.filter().queue());
        } else if (credential.queues() != null) {
            throw new MillraceException(
                    ErrorCode.FORBIDDEN, "This credential is bound to queues: name one of them in the filter.");
        }
        ActionReport report = call.patch() == null || call.dryRun()
                ? tasks.act(call.action(), call.filter(), call.cursor(), call.dryRun())
                : tasks.retry(call.filter(), MergePatch.of(call.patch()), call.cursor());
        if (call.action() == Action.RETRY && report.done() > 0) {
            kicks.anyReady();
        }
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeNumberField("matched", report.matched());
            json.writeNumberField("done", report.done());
            json.writeStringField("next", report.next());
            json.writeEndObject();
        });
    }
}
