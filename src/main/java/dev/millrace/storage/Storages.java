package dev.millrace.storage;

import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.storage.redis.RedisSettings;
import dev.millrace.storage.redis.RedisStorage;
import dev.millrace.storage.sqlite.SqliteSettings;
import dev.millrace.storage.sqlite.SqliteStorage;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Opens stores: the only place that chooses between them. */
public final class Storages {
    private Storages() {}

    /** Where nobody named TLS settings, nor what is usually kept. */
    public static Storage open(StoreSettings settings, Supplier<Vertx> vertx) {
        return open(settings, Retention.DEFAULT, vertx, _ -> Optional.empty());
    }

    /**
     * @param usual how long queues keep ended tasks that say nothing of it themselves
     * @param vertx asked only by stores that need one; stays the caller's to close
     * @param tls the settings of a name
     * @throws IllegalArgumentException with such a sentence when there are no TLS settings of the name
     * @throws dev.millrace.task.MillraceException with a sentence for people when the store cannot be opened
     */
    public static Storage open(
            StoreSettings settings,
            Retention usual,
            Supplier<Vertx> vertx,
            Function<String, Optional<TlsConfiguration>> tls) {
        return switch (settings) {
            case StoreSettings.Sqlite sqlite ->
                SqliteStorage.open(settings(sqlite).withUsual(usual));
            case StoreSettings.Redis redis ->
                RedisStorage.open(
                        vertx.get(), settings(redis, net(redis.tls(), tls)).withUsual(usual));
        };
    }

    private static SqliteSettings settings(StoreSettings.Sqlite sqlite) {
        SqliteSettings usual = SqliteSettings.of(sqlite.data());
        return sqlite.full()
                ? usual
                : new SqliteSettings(usual.directory(), SqliteSettings.Synchronous.NORMAL, usual.readers());
    }

    private static RedisSettings settings(StoreSettings.Redis redis, NetClientOptions net) {
        RedisSettings.Mode mode = RedisSettings.Mode.valueOf(redis.mode().name());
        return new RedisSettings(
                redis.urls(),
                mode,
                redis.master(),
                redis.prefix(),
                redis.timeout(),
                RedisSettings.DEFAULT_CONNECTIONS,
                net,
                Retention.DEFAULT);
    }

    private static NetClientOptions net(String name, Function<String, Optional<TlsConfiguration>> tls) {
        NetClientOptions net = new NetClientOptions();
        if (name != null) {
            TlsConfiguration found = tls.apply(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "millrace.redis.tls is " + name + ", but there are no TLS settings quarkus.tls." + name));
            TlsConfigUtils.configure(net, found);
        }
        return net;
    }
}
