package dev.millrace.delivery.push;

import dev.millrace.delivery.guard.Addresses;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.impl.VertxInternal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Pushes over HTTP/1.1, on event loops. */
public final class HttpPusher implements Pusher {
    private final Vertx vertx;
    private final Addresses addresses;
    private final Clients clients;
    private final Places places = new Places();
    private final Crowd crowd = new Crowd();
    /** One for each processor. */
    private final List<Context> loops;

    public HttpPusher(Vertx vertx, Addresses addresses, Clients clients) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.clients = clients;
        this.loops = Stream.<Context>generate(((VertxInternal) vertx)::createEventLoopContext)
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
    }

    @Override
    public CompletionStage<PushAnswer> push(PushRequest request) {
        Exchange exchange = new Exchange(request, vertx.getOrCreateContext(), vertx, places);
        exchange.run(() -> begin(request, exchange));
        return exchange.answer();
    }

    @Override
    public Executor loop(URI target) {
        // What goes to one place may be more than one processor's work, so half of them share it, by path.
        int part = Math.floorMod(target.hashCode(), Math.max(1, loops.size() / 2));
        Context context = loops.get(Math.floorMod(target.getRawAuthority().hashCode() + part, loops.size()));
        return step -> Exchange.run(context, step);
    }

    private void begin(PushRequest request, Exchange exchange) {
        Optional<HttpClient> client = clients.get(request.tls());
        if (client.isEmpty()) {
            exchange.notSent(PushAnswer.Reason.TLS, "There are no TLS settings quarkus.tls." + request.tls());
            return;
        }
        String place = request.target().getRawAuthority();
        int inside = crowd.enter(place);
        exchange.answer().whenComplete((_, _) -> crowd.leave(place));
        exchange.begin(() -> crowd.size(place) > clients.connections() && inside > clients.connections());
        addresses
                .of(request.target())
                .whenComplete((found, failure) -> exchange.run(() -> {
                    if (failure == null) {
                        exchange.connect(client.get(), found);
                    } else {
                        exchange.notFound(failure);
                    }
                }));
    }
}
