package dev.millrace.delivery.push;

import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Addresses;
import dev.millrace.delivery.guard.DnsResolution;
import dev.millrace.delivery.guard.DnsServer;
import dev.millrace.delivery.guard.NameResolution;
import dev.millrace.delivery.guard.SystemResolution;
import dev.millrace.delivery.guard.Targets;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A pusher as the product puts it together, that may reach this machine. */
public final class PusherFixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Pusher pusher;
    private DnsServer names;

    public PusherFixture() {
        this(new SystemResolution(), 8, _ -> Optional.empty());
    }

    PusherFixture(NameResolution names, int connections, Function<String, Optional<TlsConfiguration>> tls) {
        AddressGuard guard = new AddressGuard(List.of(), true);
        Addresses addresses = new Addresses(new Targets(guard, List.of("1024-65535")), guard, names);
        pusher = new HttpPusher(vertx, addresses, new Clients(vertx, tls, connections, Duration.ofSeconds(1)));
    }

    /** One that finds the backend of {@link Certificates}, and others, on this machine, and has TLS settings for it. */
    public static PusherFixture secured(String... others) {
        try {
            DnsServer dns = new DnsServer().answer(Certificates.NAME, "127.0.0.1");
            for (String other : others) {
                dns.answer(other, "127.0.0.1");
            }
            PusherFixture fixture = new PusherFixture(dns(dns.address()), 8, Certificates::settings);
            fixture.names = dns;
            return fixture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NameResolution dns(String server) {
        return new DnsResolution(Vertx.vertx(), server);
    }

    public Pusher pusher() {
        return pusher;
    }

    PushAnswer push(PushRequest request) {
        return pusher.push(request)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    PushAnswer push(URI target, Duration total) {
        return push(request(target, total));
    }

    static PushRequest request(URI target, Duration total) {
        return request(target, total, null);
    }

    static PushRequest request(URI target, Duration total, String tls) {
        byte[] body = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = List.of(Map.entry("Content-Type", "application/json"));
        return new PushRequest(target, "POST", headers, body, PushRequest.Patience.of(total), tls);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (names != null) {
            names.close();
        }
    }
}
