package dev.millrace.delivery;

import dev.millrace.access.BindCheck;
import dev.millrace.delivery.destination.Vault;
import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Addresses;
import dev.millrace.delivery.guard.DnsResolution;
import dev.millrace.delivery.guard.NameResolution;
import dev.millrace.delivery.guard.SystemResolution;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.Clients;
import dev.millrace.delivery.push.HttpPusher;
import dev.millrace.delivery.push.Pusher;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the engine together as the configuration says. */
@Singleton
class DeliveryBeans {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

    @Produces
    @Singleton
    AddressGuard guard(DeliveryConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        List<String> allowed = config.allow().orElse(List.of());
        boolean loopback = config.loopback().orElseGet(() -> BindCheck.isLoopback(host));
        return named("millrace.delivery.allow", () -> new AddressGuard(allowed, loopback));
    }

    @Produces
    @Singleton
    Targets targets(DeliveryConfig config, AddressGuard guard) {
        return named("millrace.delivery.ports", () -> new Targets(guard, config.ports()));
    }

    @Produces
    @Singleton
    Pusher pusher(DeliveryConfig config, Addresses addresses, Vertx vertx, TlsConfigurationRegistry tls) {
        if (config.connections() < 1 || config.connections() > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "millrace.delivery.connections must be 1 to " + MOST_CONNECTIONS + ", not " + config.connections());
        }
        if (config.idle().compareTo(SHORTEST_IDLE) < 0 || config.idle().compareTo(LONGEST_IDLE) > 0) {
            throw new IllegalArgumentException("millrace.delivery.idle must be PT1S to PT10M, not " + config.idle());
        }
        return new HttpPusher(vertx, addresses, new Clients(vertx, tls::get, config.connections(), config.idle()));
    }

    @Produces
    @Singleton
    Addresses addresses(DeliveryConfig config, Targets targets, AddressGuard guard, Vertx vertx) {
        NameResolution names = config.dns()
                .map(server -> (NameResolution) named("millrace.delivery.dns", () -> new DnsResolution(vertx, server)))
                .orElseGet(SystemResolution::new);
        return new Addresses(targets, guard, names);
    }

    @Produces
    @Singleton
    Vault vault(DeliveryConfig config) {
        return new Vault(config.secretKeys().orElse(List.of()));
    }

    private static <T> T named(String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
