package dev.millrace.bench;

import dev.millrace.storage.Storage;
import dev.millrace.storage.Storages;
import dev.millrace.storage.StoreSettings;
import io.vertx.core.Vertx;

/**
 * Some work on a Redis, in a process that then goes on as a server on SQLite: so that the cache which is made of one run
 * knows both stores.
 */
public final class Rehearsal {
    /** Names the Redis; absent outside of training. */
    private static final String PROPERTY = "millrace.rehearsal.redis";

    private static final int TASKS = 500;
    private static final int BATCH = 50;

    private Rehearsal() {}

    /** Does nothing but in a training run. What goes wrong costs a slower start and nothing else. */
    public static void play() {
        String redis = System.clearProperty(PROPERTY);
        if (redis == null) {
            return;
        }
        Vertx vertx = Vertx.vertx();
        try (Storage storage = Storages.open(StoreSettings.Redis.at(redis, "rehearsal"), () -> vertx);
                Progress silent = new Progress("rehearsal", 2L * TASKS, false)) {
            new Throughput(new Rig(storage), BATCH, new Load(Load.SMALLEST), silent).run(TASKS, () -> {});
        } catch (Exception e) {
            System.err.println("millrace: no rehearsal on Redis: " + e.getMessage());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
