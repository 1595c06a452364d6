package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads on threads of their own, each with its connection: calls into SQLite would hold the carrier of a virtual
 * thread. Each look is one short transaction, so that it sees one moment and does not keep the log from being reused.
 */
final class Readers implements AutoCloseable {
    private static final int LOOK_SECONDS = 5;

    private final Connections connections;
    private final ExecutorService threads;
    private final ThreadLocal<Statements> statements = new ThreadLocal<>();

    Readers(Connections connections, int count) {
        this.connections = connections;
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("sqlite-reader-", 0).daemon().factory());
    }

    /** What is read in one transaction. */
    @FunctionalInterface
    interface Look<T> {
        T read(Statements sql) throws SQLException;
    }

    <T> T call(Look<T> look) {
        try {
            return Writer.await(later(look));
        } catch (MillraceException e) {
            throw SqliteErrors.notFull(e);
        }
    }

    /** What the look will give, once a thread is free. */
    <T> CompletableFuture<T> later(Look<T> look) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(read(look));
                } catch (SQLException | RuntimeException | Error e) {
                    connections.damage().look(e);
                    answer.completeExceptionally(SqliteErrors.explain(e));
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    new MillraceException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.", Map.of(), e));
        }
        return answer;
    }

    private <T> T read(Look<T> look) throws SQLException {
        Statements sql = statements.get();
        if (sql == null) {
            sql = new Statements(connections.reader());
            statements.set(sql);
        }
        sql.update("BEGIN");
        try {
            return look.read(sql);
        } finally {
            sql.rollBack();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
