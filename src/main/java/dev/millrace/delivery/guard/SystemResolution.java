package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The system's own ways: hosts file, search domains, DNS. They block the thread that asks, so they have a few of their
 * own.
 */
public final class SystemResolution implements NameResolution {
    private static final int THREADS = 8;
    private static final int WAITING = 1000;

    private final Executor threads;

    public SystemResolution() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("millrace-names-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String name) {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(name), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new UnknownHostException("too many names are being looked up"));
        }
    }

    private static List<InetAddress> lookUp(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
