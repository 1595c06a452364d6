package dev.millrace.api;

import dev.millrace.queue.PayloadConfig;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads bodies on the event loop, and takes what is done with them to a virtual thread where that blocks. */
@Singleton
class Bodies {
    private static final byte[] NO_MEMBERS = {'{', '}'};

    private final ExecutorService threads;
    private final int payloadLimit;

    Bodies(@VirtualThreads ExecutorService threads, PayloadConfig payloads) {
        this.threads = threads;
        this.payloadLimit = payloads.bytes();
    }

    /** Bytes that a payload or result may have. */
    int payloadLimit() {
        return payloadLimit;
    }

    ExecutorService threads() {
        return threads;
    }

    /** One JSON document, which must be there. */
    <T> CompletionStage<T> required(RoutingContext context, Function<JsonInput, T> reading) {
        return Body.read(context, Limits.ENVELOPE + payloadLimit).thenApply(body -> {
            MediaTypes.require(context.request().getHeader("Content-Type"), MediaTypes.JSON);
            return parse(body, reading);
        });
    }

    /** One JSON document; no body at all counts as an object without members. */
    <T> CompletionStage<T> optional(RoutingContext context, Function<JsonInput, T> reading) {
        return Body.read(context, Limits.ENVELOPE + payloadLimit).thenApply(body -> {
            if (body.length == 0) {
                return parse(NO_MEMBERS, reading);
            }
            MediaTypes.require(context.request().getHeader("Content-Type"), MediaTypes.JSON);
            return parse(body, reading);
        });
    }

    /** Like {@link #optional}, then something that blocks. */
    <T> CompletionStage<RestResponse<byte[]>> optional(
            RoutingContext context, Function<JsonInput, T> reading, Function<T, RestResponse<byte[]>> action) {
        return optional(context, reading).thenApplyAsync(action, threads);
    }

    /** No member may be in the body, if there is one; then something that blocks. */
    CompletionStage<RestResponse<byte[]>> none(RoutingContext context, Function<Void, RestResponse<byte[]>> action) {
        return optional(context, Bodies::noMembers, action);
    }

    static <T> T parse(byte[] body, Function<JsonInput, T> reading) {
        try (JsonInput in = JsonInput.open(body, 0, body.length)) {
            T value = reading.apply(in);
            in.end();
            return value;
        }
    }

    private static Void noMembers(JsonInput in) {
        if (in.startsObject()) {
            while (in.member() != null) {
                in.unknown();
            }
        }
        return null;
    }
}
