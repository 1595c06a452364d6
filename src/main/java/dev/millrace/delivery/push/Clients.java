package dev.millrace.delivery.push;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The HTTP clients, one for each set of TLS settings in use. Each keeps its connections by address and name, so that
 * none is used for another backend, and closes those that stand idle.
 */
public final class Clients {
    private static final Logger LOG = Logger.getLogger(Clients.class);
    private static final int MAX_HEADER = 16 * 1024;
    private static final int MAX_LINE = 4 * 1024;
    private static final int WAITING_PER_CONNECTION = 16;
    /** By then whoever wanted the connection has given up; see {@link PushRequest.Patience}. */
    private static final int CONNECT_MILLIS = 10_000;

    private static final String SYSTEM = "";

    private final Vertx vertx;
    private final Function<String, Optional<TlsConfiguration>> settings;
    private final int connections;
    private final Duration idle;
    private final Map<String, HttpClient> byName = new ConcurrentHashMap<>();

    /**
     * @param settings TLS settings by name
     * @param connections to one backend
     * @param idle how long a connection is kept without use, whole seconds
     */
    public Clients(Vertx vertx, Function<String, Optional<TlsConfiguration>> settings, int connections, Duration idle) {
        this.vertx = vertx;
        this.settings = settings;
        this.connections = connections;
        this.idle = idle;
    }

    int connections() {
        return connections;
    }

    /**
     * @param tls null for the system's certificate authorities
     * @return empty when there are no settings of that name
     */
    Optional<HttpClient> get(String tls) {
        HttpClient known = byName.get(tls == null ? SYSTEM : tls);
        if (known != null) {
            return Optional.of(known);
        }
        if (tls == null) {
            return Optional.of(byName.computeIfAbsent(SYSTEM, _ -> client(options())));
        }
        return settings.apply(tls).map(found -> byName.computeIfAbsent(tls, _ -> client(with(found))));
    }

    private HttpClientOptions with(TlsConfiguration tls) {
        HttpClientOptions options = options();
        TlsConfigUtils.configure(options, tls);
        // Whether TLS is spoken is the target's to say, and that the name is checked is not for settings to say.
        return options.setSsl(false).setVerifyHost(true);
    }

    private HttpClient client(HttpClientOptions options) {
        // What a backend does to its connection shows in the answer of the request; it is no error of ours.
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections))
                .withConnectHandler(connection ->
                        connection.exceptionHandler(failure -> LOG.debugf(failure, "Connection to a backend")))
                .build();
    }

    /** Nothing is ever inflated: it is not asked for, and not done unasked. */
    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) Math.max(1, idle.toSeconds()))
                .setPipelining(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxWaitQueueSize(WAITING_PER_CONNECTION * connections)
                .setMaxHeaderSize(MAX_HEADER)
                .setMaxInitialLineLength(MAX_LINE)
                .setDecompressionSupported(false)
                .setSslHandshakeTimeout(10)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setVerifyHost(true)
                .setMetricsName("push");
    }
}
