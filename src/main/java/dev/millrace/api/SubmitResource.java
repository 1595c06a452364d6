package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.queue.Submission;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.Tasks;
import dev.millrace.scale.Kicks;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Submits one task: the path that everything else waits for, so it stays on the event loop. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class SubmitResource {
    private static final String REPLAYED = "Idempotency-Replayed";

    private final Submissions submissions;
    private final Tasks tasks;
    private final Bodies bodies;
    private final InFlight inFlight;
    private final Kicks kicks;

    SubmitResource(Submissions submissions, Tasks tasks, Bodies bodies, InFlight inFlight, Kicks kicks) {
        this.submissions = submissions;
        this.tasks = tasks;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.kicks = kicks;
    }

    @POST
    @Path("/queues/{queue}/tasks")
    @Needs.Submitter
    public CompletionStage<RestResponse<byte[]>> submit(@PathParam("queue") String queue, RoutingContext context) {
        HttpServerRequest request = context.request();
        // Whoever made the task durable has the next batch to see to, so answers are not written on its thread.
        Context loop = Vertx.currentContext();
        Duration wait = Prefer.wait(request.headers().getAll("Prefer"));
        Origin origin = new Origin(
                Names.queue(queue),
                Exchange.credential(context),
                IdempotencyKey.of(request.getHeader("Idempotency-Key")),
                Origin.trace(request.headers()),
                wait != null);
        return bodies.required(context, in -> DraftReader.read(in, bodies.payloadLimit(), origin))
                .thenCompose(draft -> accept(queue, draft))
                .thenApply(submission -> {
                    kicks.ready(queue);
                    return submission;
                })
                .thenComposeAsync(
                        submission -> answer(context.response(), submission, wait),
                        step -> loop.runOnContext(nothing -> step.run()));
    }

    private CompletionStage<Submission> accept(String queue, TaskDraft draft) {
        return inFlight.alone(draft.sender().dedupeKey(), () -> submissions.submit(queue, draft));
    }

    private CompletionStage<RestResponse<byte[]>> answer(
            HttpServerResponse response, Submission submission, Duration wait) {
        return switch (submission.outcome()) {
            case Submitted.Created created -> {
                response.putHeader("Location", Endpoints.BASE + "/tasks/" + created.id());
                yield after(response, submission, wait).thenApply(task -> task(201, task));
            }
            case Submitted.Repeated repeated -> {
                response.putHeader(REPLAYED, "true");
                yield earlier(response, repeated.id(), wait);
            }
            case Submitted.Existing existing -> earlier(response, existing.id(), wait);
            default -> CompletableFuture.failedFuture(Refusals.of(submission.outcome()));
        };
    }

    /** The task as it was accepted, or as it stands after the wait. */
    private CompletionStage<Task> after(HttpServerResponse response, Submission submission, Duration wait) {
        Task accepted = submission.accepted();
        if (wait == null) {
            return CompletableFuture.completedStage(accepted);
        }
        applied(response, wait);
        return tasks.awaitEnd(submission, accepted.id(), wait).thenApply(found -> found.orElse(accepted));
    }

    /** The task that an earlier submission made. */
    private CompletionStage<RestResponse<byte[]>> earlier(HttpServerResponse response, TaskId id, Duration wait) {
        CompletionStage<Optional<Task>> found;
        if (wait == null) {
            found = CompletableFuture.supplyAsync(() -> tasks.find(id, true), bodies.threads());
        } else {
            applied(response, wait);
            found = tasks.awaitEnd(id, wait);
        }
        return found.thenApply(task -> task.map(t -> task(200, t)).orElseGet(() -> gone(id)));
    }

    private static void applied(HttpServerResponse response, Duration wait) {
        response.putHeader("Preference-Applied", "wait=" + wait.toSeconds());
    }

    private static RestResponse<byte[]> task(int status, Task task) {
        return RestResponse.ResponseBuilder.<byte[]>create(status)
                .entity(TaskWriter.bytes(task, Fields.ALL))
                .build();
    }

    /** It was accepted once, ended and was removed since. */
    private static RestResponse<byte[]> gone(TaskId id) {
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeStringField("id", id.value());
            json.writeEndObject();
        });
    }
}
