package dev.millrace.bench;

import dev.millrace.storage.Storage;
import dev.millrace.storage.Storages;
import dev.millrace.storage.StoreSettings;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Stores that exist for one run of the bench, and everything that has to be cleared away after it. */
final class Scratch implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path directory;
    private final String name =
            "bench-%08x".formatted(ThreadLocalRandom.current().nextInt());
    private String redisUrl;
    private int stores;
    private Vertx started;

    Scratch() {
        try {
            directory = Files.createTempDirectory("millrace-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("No scratch directory could be made", e);
        }
        open.push(this::removeDirectory);
    }

    Path directory() {
        return directory;
    }

    /**
     * A new, empty store.
     *
     * @param redis its address; null for SQLite
     */
    Storage store(String redis) {
        stores++;
        StoreSettings settings = redis == null
                ? new StoreSettings.Sqlite(directory.resolve("store-" + stores), true)
                : StoreSettings.Redis.at(redis, name + "-" + stores);
        Storage storage = Storages.open(settings, this::vertx);
        open.push(storage);
        return storage;
    }

    /** The address of a Redis: the one that was asked for, else one that is started for the bench. */
    String redis(String asked) {
        if (redisUrl == null) {
            redisUrl = asked != null ? asked : startRedis();
            probe(redisUrl).send(Request.cmd(Command.PING));
            if (asked != null) {
                open.push(() -> clear(asked));
            }
        }
        return redisUrl;
    }

    RedisProbe probe(String url) {
        RedisProbe probe = new RedisProbe(vertx(), url);
        open.push(probe);
        return probe;
    }

    /** A key that nobody else has. */
    String key() {
        return name + "-bare";
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("The bench could not clear away after itself: " + e.getMessage());
            }
        }
    }

    /** After the stores are closed: a server that was only lent to the bench keeps nothing of it. */
    private void clear(String url) {
        try (RedisProbe probe = new RedisProbe(vertx(), url)) {
            probe.removeAll(name);
        }
    }

    private String startRedis() {
        RedisProcess process = RedisProcess.start(directory);
        open.push(process);
        return process.url();
    }

    Vertx vertx() {
        if (started == null) {
            started = Vertx.vertx();
            open.push(() ->
                    started.close().toCompletionStage().toCompletableFuture().get());
        }
        return started;
    }

    private void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
