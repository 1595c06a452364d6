package dev.millrace.storage.redis;

import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.storage.FormerStoreContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class FormerRedisTest implements FormerStoreContract {
    private static final Vertx VERTX = Vertx.vertx();

    private final RedisServer server = RedisServer.start(Kind.VOLATILE);

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public Storage former(Retention usual) throws IOException {
        FormerStoreContract.recorded("store.redis").lines().forEach(server::command);
        return RedisStorage.open(VERTX, RedisSettings.of(server.uri()).withUsual(usual));
    }

    @Override
    public void checkLayout(Set<String> queues) {
        RedisLink link = new RedisLink(VERTX, RedisSettings.of(server.uri()));
        new RedisLayout(link, RedisSettings.DEFAULT_PREFIX).check(queues);
        link.close();
    }
}
