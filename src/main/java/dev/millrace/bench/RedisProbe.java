package dev.millrace.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection of the bench's own to the Redis under test, through the client library that the store uses. */
final class RedisProbe implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int SCANNED = 500;

    private final Redis client;
    private final RedisConnection connection;

    RedisProbe(Vertx vertx, String url) {
        client = Redis.createClient(vertx, url);
        connection = await(client.connect());
    }

    Response send(Request request) {
        return await(connection.send(request));
    }

    /** In one go, without waiting for the first answer before the second is sent. */
    List<Response> sendAll(List<Request> requests) {
        return await(connection.batch(requests));
    }

    /** Bytes that Redis has allocated. */
    long usedMemory() {
        return (long) info("memory", "used_memory");
    }

    /** Seconds of processor time that Redis has taken since it started. */
    double cpuSeconds() {
        return info("cpu", "used_cpu_user") + info("cpu", "used_cpu_sys");
    }

    private double info(String section, String name) {
        return send(Request.cmd(Command.INFO).arg(section))
                .toString()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    /** How many there are in the database. */
    long keys() {
        return send(Request.cmd(Command.DBSIZE)).toLong();
    }

    /** Removes all keys with this prefix, a few at a time. */
    void removeAll(String prefix) {
        String cursor = "0";
        do {
            Response page = send(Request.cmd(Command.SCAN)
                    .arg(cursor)
                    .arg("MATCH")
                    .arg(prefix + "*")
                    .arg("COUNT")
                    .arg(SCANNED));
            cursor = page.get(0).toString();
            Request unlink = Request.cmd(Command.UNLINK);
            page.get(1).forEach(key -> unlink.arg(key.toString()));
            if (page.get(1).size() > 0) {
                send(unlink);
            }
        } while (!cursor.equals("0"));
    }

    @Override
    public void close() {
        connection.close();
        client.close();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Redis was asked", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Redis does not answer: " + e.getMessage(), e);
        }
    }
}
