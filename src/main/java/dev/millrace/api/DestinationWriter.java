package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.Overall;
import dev.millrace.delivery.route.RouteView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes destinations, without their secrets, and how they do. */
final class DestinationWriter {
    private final JsonGenerator json;

    DestinationWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Destination destination) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", destination.name());
        json.writeArrayFieldStart("backends");
        for (Backend backend : destination.backends()) {
            json.writeStartObject();
            backend(backend);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("balance", destination.balance().wire());
        text("sticky", destination.sticky() == null ? null : "label:" + destination.sticky());
        text("timeout", duration(destination.limits().timeout()));
        json.writeNumberField("concurrency", destination.limits().concurrency());
        if (destination.limits().rate() != null) {
            json.writeNumberField("rate", destination.limits().rate());
        }
        check(destination.healthCheck());
        breaker(destination.breaker());
        text("fallback", destination.fallback());
        json.writeStringField("format", destination.wire().format().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("signingSecrets", destination.wire().secrets().size());
        text("tls", destination.wire().tls());
        json.writeBooleanField("configured", destination.configured());
        json.writeEndObject();
    }

    private void backend(Backend backend) throws IOException {
        json.writeStringField("url", backend.url());
        json.writeNumberField("weight", backend.weight());
        json.writeBooleanField("draining", backend.draining());
    }

    private void check(HealthCheck check) throws IOException {
        if (check != null) {
            json.writeObjectFieldStart("healthCheck");
            json.writeStringField("path", check.path());
            json.writeStringField("interval", Iso.write(check.interval()));
            json.writeStringField("timeout", Iso.write(check.timeout()));
            json.writeEndObject();
        }
    }

    private void breaker(BreakerPolicy breaker) throws IOException {
        json.writeObjectFieldStart("breaker");
        json.writeNumberField("failures", breaker.failures());
        json.writeStringField("window", Iso.write(breaker.window()));
        json.writeStringField("open", Iso.write(breaker.open()));
        json.writeNumberField("probes", breaker.probes());
        json.writeEndObject();
    }

    /**
     * @param operator sees why backends could not be reached
     */
    void stats(Destination destination, Overall overall, boolean operator) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", destination.name());
        json.writeBooleanField("delivers", overall.sum() != null);
        if (overall.sum() != null) {
            route(overall.sum());
            troubles(overall.sum().errors(), operator);
        }
        json.writeArrayFieldStart("nodes");
        for (Account account : overall.nodes()) {
            json.writeStartObject();
            json.writeStringField("node", account.node());
            json.writeStringField("at", Iso.write(account.at()));
            route(account.view());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void route(RouteView route) throws IOException {
        json.writeStringField("breaker", route.breaker());
        json.writeNumberField("opened", route.opened());
        json.writeNumberField("inFlight", route.inFlight());
        json.writeNumberField("room", route.room());
        json.writeArrayFieldStart("backends");
        for (RouteView.BackendView backend : route.backends()) {
            backend(backend);
        }
        json.writeEndArray();
    }

    private void backend(RouteView.BackendView view) throws IOException {
        json.writeStartObject();
        backend(view.backend());
        json.writeBooleanField("healthy", view.healthy());
        json.writeBooleanField("paused", view.paused());
        json.writeStringField("breaker", view.breaker());
        RouteView.Figures figures = view.figures();
        json.writeNumberField("share", Math.round(figures.share() * 100) / 100.0);
        json.writeNumberField("inFlight", figures.inFlight());
        json.writeNumberField("answered", figures.answered());
        json.writeNumberField("failed", figures.failed());
        json.writeStringField("p50", millis(figures.times().median()));
        json.writeStringField("p95", millis(figures.times().p95()));
        json.writeEndObject();
    }

    private void troubles(List<RouteView.Trouble> troubles, boolean operator) throws IOException {
        json.writeArrayFieldStart("errors");
        for (RouteView.Trouble trouble : troubles) {
            json.writeStartObject();
            json.writeStringField("at", Iso.write(trouble.at()));
            json.writeStringField("backend", trouble.backend());
            json.writeStringField("message", trouble.message());
            text("detail", operator ? trouble.detail() : null);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String millis(double millis) {
        return Iso.write(Duration.ofMillis(Math.round(millis)));
    }

    private static String duration(Duration duration) {
        return duration == null ? null : Iso.write(duration);
    }

    private void text(String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
