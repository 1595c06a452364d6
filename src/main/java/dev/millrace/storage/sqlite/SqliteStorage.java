package dev.millrace.storage.sqlite;

import dev.millrace.storage.Storage;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** Opens a SQLite store. */
public final class SqliteStorage {
    static final String FILE = "millrace.db";
    private static final int SECRET_BYTES = 32;

    private SqliteStorage() {}

    /**
     * Opens the store of a directory, which is made if it is not there.
     *
     * @throws MillraceException {@code STORE_UNAVAILABLE} with a sentence when another process has it, when a newer
     *     version wrote it, or when it cannot be written to
     */
    public static Storage open(SqliteSettings settings) {
        return open(settings, AnchoredClock.ofTheMachine());
    }

    /** With a clock of the caller's. */
    public static Storage open(SqliteSettings settings, InstantSource clock) {
        DirectoryLock lock = DirectoryLock.take(settings.directory());
        try {
            return open(settings, clock, lock);
        } catch (SQLException e) {
            lock.close();
            throw SqliteErrors.explain(e) instanceof MillraceException said ? said : new IllegalStateException(e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Storage open(SqliteSettings settings, InstantSource clock, DirectoryLock lock) throws SQLException {
        SqliteLibrary.load(settings.directory());
        Path file = file(settings.directory());
        Connections connections = new Connections(file, settings);
        FileMark mark = new FileMark(lock);
        byte[] secret = prepare(connections, new FileCheck(file, connections), mark);
        SqliteWakeups wakeups = new SqliteWakeups();
        Writer writer = new Writer(connections, wakeups);
        Readers readers = new Readers(connections, settings.readers());
        writer.start();
        SqliteBackup backup = new SqliteBackup(connections, settings, () -> mark.raise(writer));
        Runnable closer = Storage.once(
                List.of(backup::close, readers::close, writer::close, wakeups::close, connections::close, lock::close));
        SqliteQueueStore queues = tidied(new SqliteQueueStore(writer, readers, settings.usual()), closer);
        DiskFloor floor = DiskFloor.of(settings, connections.reserve(), () -> idleBytes(readers));
        return new Storage(
                new SqliteTaskStore(writer, readers, floor, settings.usual()),
                queues,
                wakeups,
                new SqliteSeriesStore(writer, readers),
                new SqliteNodeStore(writer, readers),
                new SqliteDestinationStore(writer, readers),
                new SqliteAccountStore(),
                new SqliteLogStore(),
                new SqliteStoreCheck(settings, writer, mark, connections.damage(), floor),
                backup,
                SqliteStorage::afterAStandstill,
                clock,
                secret,
                closer);
    }

    private static SqliteQueueStore tidied(SqliteQueueStore queues, Runnable closer) {
        try {
            queues.removeRests();
            return queues;
        } catch (RuntimeException e) {
            closer.run();
            throw e;
        }
    }

    /** A file has no connection that others could forget, and the machine's clock has gone on. */
    private static void afterAStandstill() {}

    private static final String IDLE = """
            SELECT freelist_count * page_size FROM pragma_freelist_count(), pragma_page_size()""";

    private static long idleBytes(Readers readers) {
        return readers.call(sql -> sql.first(IDLE, row -> row.getLong(1)));
    }

    /** Brings the file up to date; answers the store's secret. */
    private static byte[] prepare(Connections connections, FileCheck check, FileMark mark) throws SQLException {
        try (Connection connection = connections.writer()) {
            check.begin();
            Migrations.run(connection);
            Recount.run(connections);
            byte[] secret = secret(connection);
            mark.begin(connection);
            return secret;
        } catch (IOException e) {
            connections.close();
            throw new UncheckedIOException(e);
        } catch (SQLException | RuntimeException e) {
            connections.close();
            connections.damage().look(e);
            connections.damage().check();
            throw e;
        }
    }

    private static Path file(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            DirectoryLock.restrict(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made with the store, and never changed. */
    private static byte[] secret(Connection connection) throws SQLException {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO meta (key, value) VALUES ('secret', ?) ON CONFLICT (key) DO NOTHING")) {
            insert.setBytes(1, fresh);
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM meta WHERE key = 'secret'");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBytes(1);
        }
    }
}
