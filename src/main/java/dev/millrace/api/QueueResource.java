package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueuePage;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.scale.Kicks;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows and sets queues. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class QueueResource {
    private final Queues queues;
    private final Bodies bodies;
    private final InstantSource clock;
    private final Kicks kicks;

    QueueResource(Queues queues, Bodies bodies, InstantSource clock, Kicks kicks) {
        this.queues = queues;
        this.bodies = bodies;
        this.clock = clock;
        this.kicks = kicks;
    }

    @GET
    @Path("/queues")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> list(RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("limit", "cursor"), false);
        int limit = query.limit();
        String cursor = query.cursor();
        query.refuse();
        QueuePage page = queues.list(cursor, limit);
        Credential credential = Exchange.credential(context);
        List<QueueSnapshot> visible = page.items().stream()
                .filter(queue -> credential.mayUse(queue.name()))
                .toList();
        return Answers.page(
                visible, page.next(), (json, queue) -> new QueueWriter(json, clock.instant()).write(queue), json -> {});
    }

    @GET
    @Path("/queues/{queue}")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> find(@PathParam("queue") String queue) {
        return answer(queues.find(Names.queue(queue))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.QUEUE_NOT_FOUND,
                        "There is no queue " + queue + "; a queue comes into being with its first task.")));
    }

    @PATCH
    @Path("/queues/{queue}")
    @Needs.Admin
    public CompletionStage<RestResponse<byte[]>> configure(@PathParam("queue") String queue, RoutingContext context) {
        Names.queue(queue);
        return Body.read(context, Limits.ENVELOPE)
                .thenApplyAsync(
                        body -> {
                            MediaTypes.require(
                                    context.request().getHeader("Content-Type"),
                                    MediaTypes.JSON,
                                    MediaTypes.MERGE_PATCH);
                            QueueSnapshot after = queues.configure(queue, before -> edit(body, before));
                            kicks.ready(queue);
                            return answer(after);
                        },
                        bodies.threads());
    }

    @POST
    @Path("/queues/{queue}/pause")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> pause(@PathParam("queue") String queue, RoutingContext context) {
        Names.queue(queue);
        return bodies.none(context, nothing -> answer(queues.pause(queue)));
    }

    @POST
    @Path("/queues/{queue}/resume")
    @Needs.Operator
    public CompletionStage<RestResponse<byte[]>> resume(@PathParam("queue") String queue, RoutingContext context) {
        Names.queue(queue);
        return bodies.none(context, nothing -> {
            QueueSnapshot resumed = queues.resume(queue);
            kicks.ready(queue);
            return answer(resumed);
        });
    }

    @DELETE
    @Path("/queues/{queue}")
    @Needs.Admin
    @RunOnVirtualThread
    public RestResponse<byte[]> delete(@PathParam("queue") String queue, RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("force"), false);
        boolean force = query.flag("force");
        query.refuse();
        queues.delete(Names.queue(queue), force);
        return RestResponse.noContent();
    }

    private static QueueConfig edit(byte[] body, QueueConfig before) {
        return Bodies.parse(body, in -> QueueConfigReader.read(in, before));
    }

    private RestResponse<byte[]> answer(QueueSnapshot queue) {
        return Answers.ok(json -> new QueueWriter(json, clock.instant()).write(queue));
    }
}
