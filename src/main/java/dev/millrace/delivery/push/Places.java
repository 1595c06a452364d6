package dev.millrace.delivery.push;

import dev.millrace.delivery.guard.Targets;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How requests to a target at a checked address begin; the same for each, so it is put together once. */
final class Places {
    private static final int MOST = 1_000;
    /** Backends have short addresses; a longer one, or one with a query, is some task's own and seldom comes again. */
    private static final int LONGEST = 256;

    private final ConcurrentMap<Place, RequestOptions> known = new ConcurrentHashMap<>();

    private record Place(URI target, InetAddress address, String method) {}

    /**
     * The name stays for {@code Host}, SNI and the certificate; the connection goes to the address that was checked.
     *
     * @return not to be changed
     */
    RequestOptions of(PushRequest request, InetAddress address) {
        Place place = new Place(request.target(), address, request.method());
        if (request.target().getRawQuery() != null
                || request.target().toString().length() > LONGEST) {
            return options(place);
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(place, Places::options);
    }

    private static RequestOptions options(Place place) {
        URI target = place.target();
        int port = Targets.port(target);
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, place.address().getHostAddress()))
                .setHost(target.getHost())
                .setPort(port)
                .setSsl("https".equals(target.getScheme()))
                .setURI(path + query)
                .setMethod(HttpMethod.valueOf(place.method()))
                .setFollowRedirects(false);
    }
}
