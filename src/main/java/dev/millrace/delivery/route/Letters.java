package dev.millrace.delivery.route;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.push.Letter;
import dev.millrace.delivery.sign.SigningSecret;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseTokens;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes letters as destinations want them, signed with their secrets. */
@Singleton
class Letters {
    private final LeaseTokens tokens;
    private final InstantSource clock;
    private final Map<String, SigningSecret> secrets = new ConcurrentHashMap<>();

    Letters(LeaseTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    Letter write(Lease lease, Destination to) {
        List<SigningSecret> keys = to.wire().secrets().stream()
                .map(text -> secrets.computeIfAbsent(text, SigningSecret::parse))
                .toList();
        Letter.Style style = new Letter.Style(to.wire().format(), keys);
        return Letter.of(lease, tokens.encode(lease.token()), style, clock.instant());
    }

    /** There are no others; their secrets are forgotten. */
    void only(List<Destination> all) {
        secrets.keySet()
                .retainAll(all.stream()
                        .flatMap(destination -> destination.wire().secrets().stream())
                        .toList());
    }
}
