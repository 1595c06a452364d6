package dev.millrace.storage.redis;

import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.RedisSettings.Mode;
import dev.millrace.testing.RedisServer;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store under a prefix of its own, for the tests of one class. */
public final class OpenRedis implements BeforeAllCallback, AfterAllCallback {
    private final RedisServer.Kind kind;
    private Vertx vertx;
    private RedisServer server;
    private RedisSettings settings;
    private Storage storage;
    private RedisLink link;

    public OpenRedis(RedisServer.Kind kind) {
        this.kind = kind;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.shared(kind);
        vertx = Vertx.vertx();
        settings = RedisSettings.of(server.uri())
                .withPrefix("t%08x".formatted(ThreadLocalRandom.current().nextInt()))
                .withMode(kind == RedisServer.Kind.CLUSTER ? Mode.CLUSTER : Mode.STANDALONE, null);
        storage = RedisStorage.open(vertx, settings);
        link = new RedisLink(vertx, settings);
    }

    public Storage storage() {
        return storage;
    }

    /** The same store as another process sees it, with connections of its own; the caller's to close. */
    public Storage another() {
        return RedisStorage.open(vertx, settings);
    }

    RedisServer server() {
        return server;
    }

    Vertx vertx() {
        return vertx;
    }

    RedisSettings settings() {
        return settings;
    }

    RedisLink link() {
        return link;
    }

    RedisKeys keys() {
        return new RedisKeys(settings.prefix());
    }

    public void checkLayout(Set<String> queues) {
        new RedisLayout(link, settings.prefix()).check(queues);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        storage.close();
        link.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
