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
        /** Of an attempt that may take this long. */
        public static Patience of(Duration total) {
            Duration connect = Duration.ofSeconds(5);
            return new Patience(connect.compareTo(total) < 0 ? connect : total, total);
        }
    }
}
