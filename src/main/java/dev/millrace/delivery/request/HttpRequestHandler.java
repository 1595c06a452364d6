package dev.millrace.delivery.request;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.PushRequest;
import dev.millrace.delivery.push.Pusher;
import dev.millrace.delivery.push.Ruling;
import dev.millrace.delivery.push.Rulings;
import dev.millrace.delivery.push.Traceparent;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.worker.Handles;
import dev.millrace.worker.TaskContext;
import dev.millrace.worker.TaskHandler;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** {@code http.request}: sends the request that its payload describes. */
@Singleton
@Handles("http.request")
class HttpRequestHandler implements TaskHandler<Payload> {
    private static final Logger LOG = Logger.getLogger(HttpRequestHandler.class);

    private final Pusher pusher;
    private final Targets targets;
    private final InstantSource clock;

    HttpRequestHandler(Pusher pusher, Targets targets, InstantSource clock) {
        this.pusher = pusher;
        this.targets = targets;
        this.clock = clock;
    }

    @Override
    public Outcome run(Payload payload, TaskContext context) throws Exception {
        Wish wish;
        try {
            wish = Wish.read(payload);
        } catch (Wish.Unreadable e) {
            return Outcome.failedForGood("UnreadablePayload", e.getMessage());
        }
        Optional<String> fault = targets.shapeFault(wish.url());
        if (fault.isPresent()) {
            return Outcome.failedForGood("UnreadablePayload", "url " + fault.get());
        }
        PushRequest request = request(wish, context);
        long silentUntil = System.nanoTime() + request.patience().connect().toNanos();
        CompletableFuture<PushAnswer> answer = pusher.push(request).toCompletableFuture();
        try {
            PushAnswer said = answer.get();
            if (said instanceof PushAnswer.NotSent notSent && notSent.reason() != PushAnswer.Reason.BUSY) {
                await(silentUntil);
            }
            return outcome(wish, said, context);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    /**
     * Whoever submits tasks chooses where this goes: how soon it is known that nobody can be reached there would tell
     * what is blocked, refused or silent, so it always takes as long as silence.
     */
    private static void await(long until) throws InterruptedException, ExecutionException {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, until - System.nanoTime(), TimeUnit.NANOSECONDS)
                .get();
    }

    private static PushRequest request(Wish wish, TaskContext context) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(wish.headers());
        boolean typed = headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase("content-type"));
        if (wish.json() && !typed) {
            headers.add(Map.entry("Content-Type", "application/json"));
        }
        Traceparent.headers(context.task(), headers);
        byte[] body = wish.body() == null ? new byte[0] : wish.body();
        Duration whole = context.task().spec().timing().timeout();
        return new PushRequest(
                URI.create(wish.url()),
                wish.methodOrDefault(),
                headers,
                body,
                PushRequest.Patience.within(whole),
                null);
    }

    private Outcome outcome(Wish wish, PushAnswer answer, TaskContext context) {
        if (answer instanceof PushAnswer.Answered answered) {
            boolean usual = answered.status() / 100 == 2;
            if (wish.expect().isEmpty() ? usual : wish.expect().contains(answered.status())) {
                return Outcome.succeeded(context.json(result(answered)));
            }
            if (usual) {
                return Outcome.failed(
                        "Http" + answered.status(),
                        "The answer was " + answered.status() + ", which was not expected.");
            }
        }
        return switch (Rulings.of(answer, clock.instant())) {
            case Ruling.Ended ended -> ended.outcome();
            case Ruling.Wait wait -> wait.outcome();
            case Ruling.Later _ -> throw new IllegalStateException("A 2xx was dealt with before");
            case Ruling.Elsewhere elsewhere -> {
                LOG.debugf(
                        "http.request task=%s: %s, %s",
                        context.task().id(),
                        elsewhere.answer().reason(),
                        elsewhere.answer().detail());
                yield elsewhere.lastly();
            }
        };
    }

    private static Map<String, Object> result(PushAnswer.Answered answer) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", answer.status());
        result.put("headers", new TreeMap<>(answer.headers()));
        if (answer.result() != null) {
            result.put("body", new RawValue(new String(answer.result().json(), StandardCharsets.UTF_8)));
        } else if (!answer.excerpt().isEmpty()) {
            result.put("body", answer.excerpt());
        }
        return result;
    }
}
