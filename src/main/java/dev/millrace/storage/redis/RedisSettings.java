package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig.Retention;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.List;

/**
 * Which Redis, and how.
 *
 * @param urls {@code redis://[user:password@]host:port[/db]} ({@code rediss} with TLS); several for Sentinel or Cluster
 * @param mode how these belong together
 * @param master name of the primary that the sentinels watch; null otherwise
 * @param prefix of every key and channel
 * @param timeout of connecting and of a call, positive
 * @param connections that share the calls, 1 or more; one more listens
 * @param net whom to trust with TLS, and as whom to come; whether it is spoken is the addresses' to say
 * @param usual how long queues keep ended tasks that say nothing of it themselves
 */
public record RedisSettings(
        List<String> urls,
        Mode mode,
        String master,
        String prefix,
        Duration timeout,
        int connections,
        NetClientOptions net,
        Retention usual) {
    public static final String DEFAULT_PREFIX = "mr";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final int DEFAULT_CONNECTIONS = 2;

    /** What the addresses stand for. */
    public enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** One server, everything else as usual. */
    public static RedisSettings of(String url) {
        return new RedisSettings(
                List.of(url),
                Mode.STANDALONE,
                null,
                DEFAULT_PREFIX,
                DEFAULT_TIMEOUT,
                DEFAULT_CONNECTIONS,
                new NetClientOptions(),
                Retention.DEFAULT);
    }

    public RedisSettings withPrefix(String other) {
        return new RedisSettings(urls, mode, master, other, timeout, connections, net, usual);
    }

    public RedisSettings withTimeout(Duration other) {
        return new RedisSettings(urls, mode, master, prefix, other, connections, net, usual);
    }

    public RedisSettings withMode(Mode other, String masterName) {
        return new RedisSettings(urls, other, masterName, prefix, timeout, connections, net, usual);
    }

    public RedisSettings withUsual(Retention other) {
        return new RedisSettings(urls, mode, master, prefix, timeout, connections, net, other);
    }
}
