package dev.millrace.delivery.push;

import dev.millrace.delivery.guard.Blocked;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** One push under way. All of it happens on one event loop; it ends once, whatever comes after. */
final class Exchange {
    private static final int MOST_INTERIMS = 16;

    private final PushRequest request;
    private final Context context;
    private final Vertx vertx;
    private final Places places;
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
    private BooleanSupplier crowded = () -> false;
    private long timer = -1;
    private HttpClientRequest sent;
    private AnswerReader reader;
    private int interims;

    Exchange(PushRequest request, Context context, Vertx vertx, Places places) {
        this.places = places;
        this.request = request;
        this.context = context;
        this.vertx = vertx;
        answer.whenComplete((_, failure) -> {
            if (failure != null) {
                run(this::abandon);
            }
        });
    }

    /** Whoever asked has cancelled. */
    private void abandon() {
        vertx.cancelTimer(timer);
        if (sent != null) {
            sent.reset();
        }
    }

    CompletableFuture<PushAnswer> answer() {
        return answer;
    }

    /** On the exchange's event loop: now when this is it. */
    void run(Runnable step) {
        run(context, step);
    }

    static void run(Context context, Runnable step) {
        if (Vertx.currentContext() == context) {
            step.run();
        } else {
            context.runOnContext(_ -> step.run());
        }
    }

    /**
     * @param crowded whether more requests than connections are under way to the backend
     */
    void begin(BooleanSupplier crowded) {
        this.crowded = crowded;
        timer = vertx.setTimer(millis(request.patience().connect()), _ -> onTimer());
    }

    /** One timer does for both: by the time a connection should be there it mostly is, and so is the answer. */
    private void onTimer() {
        if (sent == null) {
            connectedTooLate();
            return;
        }
        Duration left = request.patience().total().minus(elapsed());
        if (left.isPositive()) {
            timer = vertx.setTimer(millis(left), _ -> onTimer());
        } else {
            lost(
                    PushAnswer.Loss.TIMEOUT,
                    "No full answer in " + request.patience().total());
        }
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }

    private void connectedTooLate() {
        if (crowded.getAsBoolean()) {
            notSent(PushAnswer.Reason.BUSY, "No connection to the backend became free in time");
        } else {
            notSent(
                    PushAnswer.Reason.CONNECT_TIMEOUT,
                    "No connection in " + request.patience().connect());
        }
    }

    void notFound(Throwable failure) {
        PushAnswer.Reason reason = switch (failure) {
            case Blocked _ -> PushAnswer.Reason.BLOCKED;
            case UnknownHostException _ -> PushAnswer.Reason.NO_ADDRESS;
            default -> PushAnswer.Reason.NO_ADDRESS;
        };
        notSent(reason, String.valueOf(failure.getMessage()));
    }

    /** Tries the addresses in order until one accepts a connection. */
    void connect(HttpClient client, List<InetAddress> addresses) {
        if (answer.isDone()) {
            return;
        }
        client.request(places.of(request, addresses.getFirst())).onComplete(connected -> {
            if (connected.succeeded()) {
                send(connected.result());
                return;
            }
            PushAnswer.NotSent failure = Failures.notSent(connected.cause(), request.target(), elapsed());
            boolean another = failure.reason() == PushAnswer.Reason.REFUSED && addresses.size() > 1;
            if (another) {
                connect(client, addresses.subList(1, addresses.size()));
            } else {
                end(failure);
            }
        });
    }

    private void send(HttpClientRequest ready) {
        ready.exceptionHandler(this::lost);
        if (answer.isDone()) {
            ready.reset();
            return;
        }
        sent = ready;
        for (Map.Entry<String, String> header : request.headers()) {
            ready.putHeader(header.getKey(), header.getValue());
        }
        ready.continueHandler(_ -> interim());
        ready.earlyHintsHandler(_ -> interim());
        ready.response().onSuccess(this::read).onFailure(this::lost);
        if (request.body().length == 0 && !"POST".equals(request.method())) {
            ready.end();
        } else {
            ready.end(Buffer.buffer(request.body()));
        }
    }

    /** A backend may say that it is still there, but not without end. */
    private void interim() {
        if (++interims > MOST_INTERIMS) {
            lost(PushAnswer.Loss.GARBLED, "More than " + MOST_INTERIMS + " interim answers");
        }
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(this::lost);
        if (answer.isDone()) {
            return;
        }
        if (response.statusCode() < 200) {
            lost(PushAnswer.Loss.GARBLED, "Status " + response.statusCode());
            return;
        }
        reader = new AnswerReader(response.statusCode(), response.headers());
        response.endHandler(_ -> end(reader.answer(elapsed())));
        response.handler(chunk -> {
            if (!reader.take(chunk)) {
                end(reader.answer(elapsed()));
                response.request().reset();
            }
        });
    }

    private void lost(Throwable failure) {
        lost(Failures.loss(failure), String.valueOf(failure.getMessage()));
    }

    /** That it failed is known from the status alone; that it succeeded is not known without its result. */
    private void lost(PushAnswer.Loss loss, String detail) {
        boolean failed = reader != null && reader.status() >= 300;
        if (end(failed ? reader.answer(elapsed()) : new PushAnswer.Unknown(loss, detail, elapsed()))) {
            sent.reset();
        }
    }

    void notSent(PushAnswer.Reason reason, String detail) {
        end(new PushAnswer.NotSent(reason, detail, elapsed()));
    }

    private boolean end(PushAnswer result) {
        vertx.cancelTimer(timer);
        return answer.complete(result);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
