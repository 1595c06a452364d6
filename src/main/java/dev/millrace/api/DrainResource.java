package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import dev.millrace.worker.Worker;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Has the worker of this process run what there is. The answer is held until it has, so that a platform which counts open
 * requests sees it busy; a blank every ten seconds tells those between that it comes.
 */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.worker", stringValue = "false")
public class DrainResource {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    private static final byte[] BLANK = {' '};

    private final Worker worker;
    private final DrainCall usual;
    private final Bodies bodies;

    DrainResource(Worker worker, DrainCall usual, Bodies bodies) {
        this.worker = worker;
        this.usual = usual;
        this.bodies = bodies;
    }

    @POST
    @Path("/drain")
    @Needs.Worker
    public RestMulti<byte[]> drain(RoutingContext context) {
        CompletionStage<DrainCall> call = bodies.optional(context, in -> DrainBody.read(in, usual));
        Multi<byte[]> answer = Multi.createFrom()
                .emitter(lines -> call.whenCompleteAsync(
                        (read, failure) -> {
                            if (failure == null) {
                                hold(read, context.response(), lines);
                            } else {
                                lines.fail(failure instanceof CompletionException e ? e.getCause() : failure);
                            }
                        },
                        bodies.threads()));
        return RestMulti.fromMultiData(answer).encodeAsJsonArray(false).build();
    }

    /**
     * How long it took is said in a header, if it is not too late for headers: what a caller waited beyond that is what
     * it took to wake this process.
     */
    private void hold(DrainCall call, HttpServerResponse response, MultiEmitter<? super byte[]> lines) {
        if (worker.isResting()) {
            lines.fail(new MillraceException(
                    ErrorCode.ILLEGAL_TRANSITION,
                    "This worker is quiet: it takes nothing until it is told to resume."));
            return;
        }
        long start = System.nanoTime();
        CompletableFuture<Drained> draining = CompletableFuture.supplyAsync(() -> worker.drain(call), bodies.threads());
        try {
            Drained drained = await(draining, lines);
            if (!response.headWritten()) {
                response.putHeader("Server-Timing", DrainBody.timing(System.nanoTime() - start));
            }
            lines.emit(DrainBody.write(drained));
            lines.complete();
        } catch (ExecutionException e) {
            lines.fail(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lines.fail(e);
        }
    }

    /** Blanks before JSON mean nothing, and keep whatever stands between from taking the connection for dead. */
    private static Drained await(CompletableFuture<Drained> draining, MultiEmitter<? super byte[]> lines)
            throws ExecutionException, InterruptedException {
        while (true) {
            try {
                return draining.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                lines.emit(BLANK);
            }
        }
    }
}
