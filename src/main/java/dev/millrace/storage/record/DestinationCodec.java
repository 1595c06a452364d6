package dev.millrace.storage.record;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.push.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A destination as bytes, but for its version, which stores keep beside them. */
public final class DestinationCodec {
    private static final int FORMAT = 1;

    private DestinationCodec() {}

    public static byte[] encode(Destination destination) {
        ByteWriter out = new ByteWriter(256);
        out.u8(FORMAT);
        out.text(destination.name());
        out.u8(destination.configured() ? 1 : 0);
        out.u8(destination.balance().ordinal());
        text(out, destination.sticky());
        text(out, destination.fallback());
        out.u8(destination.backends().size());
        destination.backends().forEach(backend -> {
            out.text(backend.url());
            out.varint(backend.weight());
            out.u8(backend.draining() ? 1 : 0);
        });
        Limits limits = destination.limits();
        duration(out, limits.timeout());
        out.varint(limits.concurrency());
        out.varint(limits.rate() == null ? 0 : limits.rate());
        BreakerPolicy breaker = destination.breaker();
        out.varint(breaker.failures());
        duration(out, breaker.window());
        duration(out, breaker.open());
        out.varint(breaker.probes());
        check(out, destination.healthCheck());
        wire(out, destination.wire());
        return out.toArray();
    }

    private static void check(ByteWriter out, HealthCheck check) {
        text(out, check == null ? null : check.path());
        if (check != null) {
            duration(out, check.interval());
            duration(out, check.timeout());
        }
    }

    private static void wire(ByteWriter out, Wire wire) {
        out.u8(wire.format().ordinal());
        text(out, wire.tls());
        out.u8(wire.secrets().size());
        wire.secrets().forEach(out::text);
    }

    /**
     * @throws IllegalStateException when a newer version wrote it
     */
    public static Destination decode(byte[] bytes, long version) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A destination has format " + format + "; this version reads format "
                    + FORMAT + ". Upgrade Millrace on this node.");
        }
        String name = in.text();
        boolean configured = in.u8() == 1;
        Balance balance = Balance.values()[in.u8()];
        String sticky = text(in);
        String fallback = text(in);
        List<Backend> backends = new ArrayList<>();
        for (int n = in.u8(); n > 0; n--) {
            String url = in.text();
            backends.add(new Backend(url, (int) in.varint(), in.u8() == 1));
        }
        Limits limits = limits(in);
        int failures = (int) in.varint();
        Duration window = duration(in);
        Duration open = duration(in);
        BreakerPolicy breaker = new BreakerPolicy(failures, window, open, (int) in.varint());
        String path = text(in);
        HealthCheck check = path == null ? null : new HealthCheck(path, duration(in), duration(in));
        return new Destination(
                name, backends, balance, sticky, limits, check, breaker, fallback, wire(in), configured, version);
    }

    private static Limits limits(ByteReader in) {
        Duration timeout = duration(in);
        int concurrency = (int) in.varint();
        int rate = (int) in.varint();
        return new Limits(timeout, concurrency, rate == 0 ? null : rate);
    }

    private static Wire wire(ByteReader in) {
        Letter.Format format = Letter.Format.values()[in.u8()];
        String tls = text(in);
        List<String> secrets = new ArrayList<>();
        for (int n = in.u8(); n > 0; n--) {
            secrets.add(in.text());
        }
        return new Wire(format, List.copyOf(secrets), tls);
    }

    private static void text(ByteWriter out, String text) {
        out.text(text == null ? "" : text);
    }

    private static String text(ByteReader in) {
        String text = in.text();
        return text.isEmpty() ? null : text;
    }

    private static void duration(ByteWriter out, Duration duration) {
        out.varint(duration == null ? 0 : duration.toMillis());
    }

    private static Duration duration(ByteReader in) {
        long millis = in.varint();
        return millis == 0 ? null : Duration.ofMillis(millis);
    }
}
