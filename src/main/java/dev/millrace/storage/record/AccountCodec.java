package dev.millrace.storage.record;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node told of a destination as bytes, but for the node. */
public final class AccountCodec {
    private static final int FORMAT = 1;
    private static final double SHARE = 1000;

    private AccountCodec() {}

    public static byte[] encode(Account account) {
        ByteWriter out = new ByteWriter(512);
        out.u8(FORMAT);
        out.u64(account.at().toEpochMilli());
        RouteView view = account.view();
        out.text(view.breaker());
        out.varint(view.opened());
        out.varint(view.inFlight());
        out.varint(view.room());
        out.varint(view.backends().size());
        view.backends().forEach(backend -> write(out, backend));
        out.varint(view.errors().size());
        view.errors().forEach(trouble -> {
            out.u64(trouble.at().toEpochMilli());
            out.text(trouble.backend());
            out.text(trouble.message());
            out.text(trouble.detail() == null ? "" : trouble.detail());
        });
        return out.toArray();
    }

    private static void write(ByteWriter out, RouteView.BackendView view) {
        out.text(view.backend().url());
        out.varint(view.backend().weight());
        out.u8((view.backend().draining() ? 1 : 0) | (view.healthy() ? 2 : 0) | (view.paused() ? 4 : 0));
        out.text(view.breaker());
        RouteView.Figures figures = view.figures();
        out.varint(figures.inFlight());
        out.varint(figures.answered());
        out.varint(figures.failed());
        out.varint(Math.round(figures.share() * SHARE));
        out.varint(figures.times().samples());
        out.varint(figures.times().nanos().size());
        figures.times().nanos().forEach(out::varint);
    }

    /** Empty when another version wrote it: nodes of that version know it. */
    public static Optional<Account> decode(String node, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u8() != FORMAT) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(in.u64());
        String breaker = in.text();
        long opened = in.varint();
        int inFlight = (int) in.varint();
        int room = (int) in.varint();
        List<RouteView.BackendView> backends = new ArrayList<>();
        for (long n = in.varint(); n > 0; n--) {
            backends.add(backend(in));
        }
        List<RouteView.Trouble> errors = new ArrayList<>();
        for (long n = in.varint(); n > 0; n--) {
            errors.add(trouble(in));
        }
        return Optional.of(new Account(
                node, at, new RouteView(breaker, opened, inFlight, room, List.copyOf(backends), List.copyOf(errors))));
    }

    private static RouteView.BackendView backend(ByteReader in) {
        String url = in.text();
        int weight = (int) in.varint();
        int flags = in.u8();
        String breaker = in.text();
        int inFlight = (int) in.varint();
        long answered = in.varint();
        long failed = in.varint();
        double share = in.varint() / SHARE;
        int samples = (int) in.varint();
        List<Long> nanos = new ArrayList<>();
        for (long n = in.varint(); n > 0; n--) {
            nanos.add(in.varint());
        }
        return new RouteView.BackendView(
                new Backend(url, weight, (flags & 1) != 0),
                (flags & 2) != 0,
                (flags & 4) != 0,
                breaker,
                new RouteView.Figures(inFlight, answered, failed, new Spread(samples, nanos), share));
    }

    private static RouteView.Trouble trouble(ByteReader in) {
        Instant at = Instant.ofEpochMilli(in.u64());
        String backend = in.text();
        String message = in.text();
        String detail = in.text();
        return new RouteView.Trouble(at, backend, message, detail.isEmpty() ? null : detail);
    }
}
