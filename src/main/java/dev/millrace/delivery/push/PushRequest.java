package dev.millrace.delivery.push;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request to a backend.
 *
 * @param target an absolute http or https URL; the guard looks at it at every push
 * @param method upper case
 * @param headers names and values without line breaks; {@code Host}, {@code Content-Length} and those of the connection
 *     are set by the pusher
 * @param body as it goes over the wire; not copied, not to be changed; empty for none
 * @param tls name of the TLS settings ({@code quarkus.tls.NAME}); null for the system's certificate authorities
 */
public record PushRequest(
        URI target,
        String method,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        Patience patience,
        String tls) {
    /** Never shows headers or body. */
    @Override
    public String toString() {
        return "PushRequest[" + method + " " + target.getScheme() + "://" + target.getAuthority() + "]";
    }

    /**
     * How long to wait.
     *
     * @param connect for an address, a connection and TLS together
     * @param total for everything, from the call to the last byte of the answer
     */
    public record Patience(Duration connect, Duration total) {
        private static final Duration CONNECT = Duration.ofSeconds(5);
        private static final Duration MARGIN = Duration.ofMillis(500);

        /** At most 5 seconds of it for the connection. */
        public static Patience of(Duration total) {
            return new Patience(CONNECT.compareTo(total) < 0 ? CONNECT : total, total);
        }

        /** For an attempt with this timeout: ends a little before it, so that what is known can be told. */
        public static Patience within(Duration timeout) {
            Duration tenth = timeout.dividedBy(10);
            return of(timeout.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN));
        }
    }
}
