package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The one thread that writes. It takes whatever units of work came since the last COMMIT, runs them in one transaction
 * and answers after its COMMIT. When one of them fails, all is rolled back and each is run alone, so that it fails
 * alone.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Writer.class);
    private static final int WAITING = 4096;
    private static final int TOGETHER = 512;
    private static final long PATIENCE_SECONDS = 60;
    /** Those who wait for a commit are not kept waiting for ever more work. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Connections connections;
    private final SqliteWakeups wakeups;
    private final BlockingQueue<Job<?>> jobs = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread =
            Thread.ofPlatform().name("sqlite-writer").daemon().unstarted(this::run);
    private Statements sql;
    private Transaction transaction;
    private volatile boolean closed;

    Writer(Connections connections, SqliteWakeups wakeups) {
        this.connections = connections;
        this.wakeups = wakeups;
    }

    void start() {
        thread.start();
    }

    /** What is done in a transaction; run again from the start when the transaction has to be. */
    @FunctionalInterface
    interface Unit<T> {
        T run(Transaction transaction) throws SQLException;
    }

    private static final class Job<T> {
        private final Unit<T> unit;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private T value;

        private Job(Unit<T> unit) {
            this.unit = unit;
        }

        private void run(Transaction transaction) throws SQLException {
            value = unit.run(transaction);
            transaction.cohorts.write();
        }

        private void complete() {
            answer.complete(value);
        }
    }

    /**
     * @throws MillraceException {@code STORE_UNAVAILABLE} when the file is damaged, and takes nothing new
     */
    void checkFile() {
        connections.damage().check();
    }

    /** Queues a unit; the future is completed once it is durable. */
    <T> CompletableFuture<T> submit(Unit<T> unit) {
        Job<T> job = new Job<>(unit);
        try {
            if (closed || !jobs.offer(job, 1, TimeUnit.SECONDS)) {
                throw unavailable("The store is " + (closed ? "closed" : "too busy") + "; nothing was done.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("Interrupted before the store was asked.", e);
        }
        if (closed) {
            refuseWaiting();
        }
        return job.answer;
    }

    /** Runs a unit and waits until it is durable. */
    <T> T call(Unit<T> unit) {
        return await(submit(unit));
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MillraceException expected ? expected : unexpected(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable("The store did not answer in time; what was asked may still happen.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("Interrupted; what was asked may still happen.", e);
        }
    }

    private void run() {
        List<Job<?>> together = new ArrayList<>(TOGETHER);
        while (!closed || !jobs.isEmpty()) {
            try {
                Job<?> first = jobs.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    together.add(first);
                    commitTogether(together, TOGETHER);
                    together.clear();
                }
            } catch (InterruptedException e) {
                LOG.debug("The writer ends only when the store is closed");
            }
        }
        // The pool closes the connection when the store is closed. Discarded, it would be closed by a thread of the
        // pool,
        // perhaps only after the directory was let go.
        if (sql != null) {
            sql.close();
        }
    }

    /**
     * @param most how many may be in the transaction, those included that are waiting
     */
    private void commitTogether(List<Job<?>> together, int most) {
        try {
            commit(together, most);
        } catch (SQLException | RuntimeException | Error e) {
            connections.damage().look(e);
            boolean again = SqliteErrors.full(e) && connections.reserve().give();
            boolean alone = !again && (together.size() == 1 || SqliteErrors.ofTheFile(e));
            rollBack(e);
            for (Job<?> job : together) {
                if (alone) {
                    job.answer.completeExceptionally(SqliteErrors.explain(e));
                } else {
                    commitTogether(List.of(job), 1);
                }
            }
        }
    }

    private void commit(List<Job<?>> together, int most) throws SQLException {
        open();
        sql.update("BEGIN IMMEDIATE");
        long end = System.nanoTime() + SLICE_NANOS;
        for (int i = 0; i < together.size(); i++) {
            together.get(i).run(transaction);
            Job<?> next = together.size() < most && System.nanoTime() < end ? jobs.poll() : null;
            if (next != null) {
                together.add(next);
            }
        }
        transaction.write();
        sql.update("COMMIT");
        for (Job<?> job : together) {
            job.complete();
        }
        transaction.announcements.tell(wakeups);
    }

    private void open() throws SQLException {
        if (sql == null) {
            sql = new Statements(connections.writer());
            transaction = new Transaction(sql);
        }
    }

    /** After an error of the file itself the connection is not believed any more. */
    private void rollBack(Throwable cause) {
        if (sql == null) {
            return;
        }
        transaction.forget();
        try {
            sql.rollBack();
        } catch (SQLException e) {
            LOG.debug("ROLLBACK failed; the connection is opened anew", e);
            release();
            return;
        }
        if (SqliteErrors.ofTheFile(cause)) {
            if (connections.damage().finding().isEmpty()) {
                LOG.error("The database file failed; the connection is opened anew", cause);
            }
            release();
        }
    }

    private void release() {
        if (sql != null) {
            sql.close();
            sql = null;
            connections.discardWriter();
        }
    }

    private void refuseWaiting() {
        Job<?> job;
        while ((job = jobs.poll()) != null) {
            job.answer.completeExceptionally(unavailable("The store is closed; nothing was done.", null));
        }
    }

    /** Ends after what waits was done. */
    @Override
    public void close() {
        jobs.offer(new Job<>(transaction -> null));
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseWaiting();
    }

    private static MillraceException unavailable(String sentence, Exception cause) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, Map.of(), cause);
    }

    /** For what makes no sense, such as a record that cannot be read. */
    static RuntimeException unexpected(Throwable cause) {
        return new IllegalStateException("The store failed", cause);
    }
}
