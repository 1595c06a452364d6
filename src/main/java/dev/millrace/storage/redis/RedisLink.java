package dev.millrace.storage.redis;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few connections that all callers share, each call written at once behind those before it. One that breaks is replaced
 * with the next call; when one does not answer in time, all are, and the client with them, as its pool would hand out
 * again what is silent and wait for ever for one that was being opened.
 */
final class RedisLink implements AutoCloseable {
    private static final int WAITING = 16_384;

    /** See {@link #line()}. */
    interface Line {
        CompletableFuture<Response> send(Request request);
    }

    private final Supplier<Redis> clients;
    private final Duration timeout;
    private final boolean batches;
    private final AtomicReferenceArray<CompletableFuture<RedisConnection>> connections;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Redis redis;
    private long renewedAt = System.nanoTime();
    private boolean closed;

    RedisLink(Vertx vertx, RedisSettings settings) {
        this.clients = () -> Redis.createClient(vertx, options(settings));
        this.redis = clients.get();
        this.timeout = settings.timeout();
        this.batches = settings.mode() != RedisSettings.Mode.CLUSTER;
        this.connections = new AtomicReferenceArray<>(Math.max(1, settings.connections()));
    }

    private static RedisOptions options(RedisSettings settings) {
        RedisOptions options = new RedisOptions()
                .setType(RedisClientType.valueOf(settings.mode().name()))
                .setMaxPoolSize(settings.connections() + 2)
                .setMaxWaitingHandlers(WAITING)
                .setPoolRecycleTimeout(-1)
                .setNetClientOptions(net(settings));
        settings.urls().forEach(options::addConnectionString);
        if (settings.master() != null) {
            options.setMasterName(settings.master());
        }
        return options;
    }

    private static NetClientOptions net(RedisSettings settings) {
        NetClientOptions net = new NetClientOptions(settings.net())
                .setConnectTimeout((int) settings.timeout().toMillis())
                .setTcpNoDelay(true);
        // Whether TLS is spoken is the address's to say, and that the name is checked is not for settings to say.
        return net.setSsl(false).setHostnameVerificationAlgorithm("HTTPS");
    }

    Duration timeout() {
        return timeout;
    }

    /** A connection that is not shared: for subscriptions. */
    CompletableFuture<RedisConnection> dedicated() {
        return redis.connect().toCompletionStage().toCompletableFuture();
    }

    /** One of the connections: what is sent on it is carried out in the order of sending. */
    Line line() {
        int slot = slot();
        return request ->
                connection(slot).thenCompose(open -> open.send(request).toCompletionStage());
    }

    private int slot() {
        return Math.floorMod(turn.getAndIncrement(), connections.length());
    }

    CompletableFuture<Response> send(Request request) {
        return line().send(request);
    }

    /** Null where Redis answers nil. */
    Response ask(Request request) {
        return await(send(request));
    }

    Response ask(Command command, Object... args) {
        return ask(Request.cmd(command, args));
    }

    /**
     * All sent before the first answer is awaited, and as one write where they all go to one server. Each is to be harmless
     * to do twice.
     */
    List<Response> askAll(List<Request> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        return await(connection(slot())
                .thenCompose(open -> (batches ? together(open, requests) : apart(open, requests)).toCompletionStage()));
    }

    /**
     * The client makes one text of all errors of a batch, and not always a whole one, as it writes it from several threads;
     * so where one fails, all are sent again, on the same connection: there each error is what it is, and a connection that
     * broke says so.
     */
    private static Future<List<Response>> together(RedisConnection open, List<Request> requests) {
        return open.batch(requests).recover(errors -> apart(open, requests));
    }

    /** Of several errors, the one of the first request that has any. */
    private static Future<List<Response>> apart(RedisConnection open, List<Request> requests) {
        return Future.join(requests.stream().map(open::send).toList()).map(CompositeFuture::list);
    }

    <T> T await(CompletableFuture<T> answer) {
        return await(answer, deadline());
    }

    /** A timeout from now, by {@link System#nanoTime}. */
    long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    /**
     * For one of several that were sent together: one silence is waited for once.
     *
     * @param deadline by {@link System#nanoTime}, a timeout after they were sent
     */
    <T> T await(CompletableFuture<T> answer, long deadline) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            renewAfterSilence();
            throw unavailable("Redis did not answer within " + timeout.toMillis() + " ms.", e);
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("Interrupted while waiting for Redis.", e);
        }
    }

    /** There was no connection to send a request on, which therefore was not sent. */
    private static final class Unconnected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unconnected(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Whether what failed so was not sent, for certain. */
    static boolean isUnconnected(MillraceException failure) {
        return failure.getCause() instanceof Unconnected;
    }

    static MillraceException unavailable(String sentence, Throwable cause) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, Map.of(), cause);
    }

    /** What an error means to the callers of the ports: what Redis did not say itself tells that it did not answer. */
    static RuntimeException refusal(Throwable error) {
        if (error instanceof MillraceException refused) {
            return refused;
        }
        String message = String.valueOf(error.getMessage());
        return switch (isSaidByRedis(error) ? message.split(" ", 2)[0] : "") {
            case "OOM" ->
                new MillraceException(
                        ErrorCode.STORE_FULL,
                        "Redis is at its maxmemory: no more tasks can be added.",
                        Map.of(),
                        error);
            case "ERR", "WRONGTYPE", "CROSSSLOT" -> new IllegalStateException("Redis: " + message, error);
            default -> unavailable("Redis is not available: " + message, error);
        };
    }

    /** The client's own words, too, have this form when a connection ended, but never begin as those of Redis do. */
    private static boolean isSaidByRedis(Throwable error) {
        Throwable first = error instanceof Unconnected ? error.getCause() : error;
        return first instanceof Response said && said.type() == ResponseType.ERROR;
    }

    private CompletableFuture<RedisConnection> connection(int slot) {
        CompletableFuture<RedisConnection> present = connections.get(slot);
        if (present != null && !present.isCompletedExceptionally()) {
            return present;
        }
        CompletableFuture<RedisConnection> fresh = new CompletableFuture<>();
        CompletableFuture<RedisConnection> found = connections.compareAndExchange(slot, present, fresh);
        if (found != present) {
            // What another caller put there may be gone again.
            return found == null ? connection(slot) : found;
        }
        redis.connect()
                .onSuccess(open -> {
                    open.exceptionHandler(error -> connections.compareAndSet(slot, fresh, null));
                    open.endHandler(end -> connections.compareAndSet(slot, fresh, null));
                    fresh.complete(open);
                })
                .onFailure(error -> fresh.completeExceptionally(new Unconnected(error)));
        return fresh;
    }

    /**
     * Gives up all connections: what has been silent for a whole timeout may be dead without anyone having said so. A call
     * that began before they were last given up says nothing about those there are now.
     */
    private synchronized void renewAfterSilence() {
        if (System.nanoTime() - renewedAt >= timeout.toNanos()) {
            renew();
        }
    }

    private void giveUpConnections() {
        for (int slot = 0; slot < connections.length(); slot++) {
            connections.set(slot, null);
        }
    }

    /** Ends every connection, also those that nobody uses now and those for subscriptions, which else would be used again. */
    synchronized void renew() {
        if (!closed) {
            renewedAt = System.nanoTime();
            Redis before = redis;
            redis = clients.get();
            giveUpConnections();
            before.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        giveUpConnections();
        redis.close();
    }
}
