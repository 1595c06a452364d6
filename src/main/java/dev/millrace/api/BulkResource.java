package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.scale.Kicks;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Submits many tasks at once. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class BulkResource {
    private final Submissions submissions;
    private final Bodies bodies;
    private final InFlight inFlight;
    private final Kicks kicks;

    BulkResource(Submissions submissions, Bodies bodies, InFlight inFlight, Kicks kicks) {
        this.submissions = submissions;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.kicks = kicks;
    }

    @POST
    @Path("/queues/{queue}/tasks/bulk")
    @Needs.Submitter
    public CompletionStage<RestResponse<byte[]>> submit(@PathParam("queue") String queue, RoutingContext context) {
        HttpServerRequest request = context.request();
        Origin origin = new Origin(
                Names.queue(queue),
                Exchange.credential(context),
                IdempotencyKey.of(request.getHeader("Idempotency-Key")),
                Origin.trace(request.headers()),
                false);
        String whole = origin.key() == null
                ? null
                : origin.key().dedupeKey(origin.credential().id(), queue);
        return Body.read(context, Limits.LARGEST_BODY).thenCompose(body -> {
            String type = MediaTypes.require(request.getHeader("Content-Type"), MediaTypes.JSON, MediaTypes.NDJSON);
            boolean lines = type.equals(MediaTypes.NDJSON);
            return inFlight.alone(
                    whole,
                    () -> CompletableFuture.supplyAsync(() -> submit(origin, body, lines, context), bodies.threads()));
        });
    }

    private RestResponse<byte[]> submit(Origin origin, byte[] body, boolean lines, RoutingContext context) {
        BulkReader reader = new BulkReader(body, bodies.payloadLimit(), origin);
        List<BulkItem> items = lines ? reader.lines() : reader.array();
        List<TaskDraft> drafts = new ArrayList<>(items.size());
        for (BulkItem item : items) {
            if (item.draft() != null) {
                drafts.add(item.draft());
            }
        }
        BulkAnswer answer = new BulkAnswer(items, submissions.submitEach(origin.queue(), drafts));
        if (answer.anyAccepted()) {
            kicks.ready(origin.queue());
        }
        if (answer.allRepeated()) {
            context.response().putHeader("Idempotency-Replayed", "true");
        }
        return answer.response(origin.key() != null);
    }
}
