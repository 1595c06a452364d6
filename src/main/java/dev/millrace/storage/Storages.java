package dev.millrace.storage;

import dev.millrace.storage.redis.RedisSettings;
import dev.millrace.storage.redis.RedisStorage;
import dev.millrace.storage.sqlite.SqliteSettings;
import dev.millrace.storage.sqlite.SqliteStorage;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Opens stores: the only place that chooses between them. */
public final class Storages {
    private Storages() {}

    /**
     * @param vertx asked only by stores that need one; stays the caller's to close
     * @throws dev.millrace.task.MillraceException with a sentence for people when the store cannot be opened
     */
    public static Storage open(StoreSettings settings, Supplier<Vertx> vertx) {
        return switch (settings) {
            case StoreSettings.Sqlite sqlite -> SqliteStorage.open(settings(sqlite));
            case StoreSettings.Redis redis -> RedisStorage.open(vertx.get(), settings(redis));
        };
    }

    private static SqliteSettings settings(StoreSettings.Sqlite sqlite) {
        SqliteSettings usual = SqliteSettings.of(sqlite.data());
        return sqlite.full()
                ? usual
                : new SqliteSettings(usual.directory(), SqliteSettings.Synchronous.NORMAL, usual.readers());
    }

    private static RedisSettings settings(StoreSettings.Redis redis) {
        RedisSettings.Mode mode = RedisSettings.Mode.valueOf(redis.mode().name());
        return new RedisSettings(
                redis.urls(), mode, redis.master(), redis.prefix(), redis.timeout(), RedisSettings.DEFAULT_CONNECTIONS);
    }
}
