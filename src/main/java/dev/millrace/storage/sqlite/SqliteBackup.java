package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreBackup;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * Copies the database into {@code backups/} of its directory with {@code VACUUM INTO}: of one moment, while the writer
 * goes on. The copy gets its name only when it is on the disk, so a file with that name is whole.
 */
final class SqliteBackup implements StoreBackup, AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".part";

    private final Connections connections;
    private final Path file;
    private final Path directory;
    private final long floorBytes;
    private final Runnable afterCopy;
    /** Calls into SQLite would hold the carrier of a virtual thread. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("sqlite-backup").daemon().factory());

    /**
     * @param afterCopy done once a copy is whole
     */
    SqliteBackup(Connections connections, SqliteSettings settings, Runnable afterCopy) {
        this.connections = connections;
        this.file = settings.directory().resolve(SqliteStorage.FILE);
        this.directory = settings.directory().resolve("backups");
        this.floorBytes = settings.floorBytes();
        this.afterCopy = afterCopy;
    }

    @Override
    public Copy take(Instant now) {
        try {
            return CompletableFuture.supplyAsync(() -> copy(now), thread).join();
        } catch (RejectedExecutionException e) {
            throw failed("The store is closed.", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException said ? said : failed("No copy could be made.", e);
        }
    }

    private Copy copy(Instant now) {
        long start = System.nanoTime();
        Path whole = directory.resolve("millrace-" + STAMP.format(now) + ".db");
        Path part = directory.resolve(whole.getFileName() + UNFINISHED);
        try {
            prepare();
            vacuumInto(part);
            DirectoryLock.restrict(part);
            sync(part, StandardOpenOption.WRITE);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(directory, StandardOpenOption.READ);
            afterCopy.run();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Copy(whole.toAbsolutePath(), Files.size(whole), took);
        } catch (SQLException e) {
            throw SqliteErrors.explain(e) instanceof MillraceException said
                    ? said
                    : failed("No copy could be made.", e);
        } catch (IOException | UncheckedIOException e) {
            throw failed("No copy could be made in " + directory + ": " + e.getMessage(), e);
        }
    }

    private void vacuumInto(Path part) throws SQLException {
        try (Connection connection = connections.apart();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, part.toString());
            copy.execute();
        }
    }

    /** Takes away what an earlier attempt left, and looks whether there is room. */
    private void prepare() throws IOException {
        DirectoryLock.ownDirectory(directory);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path left :
                    files.filter(f -> f.toString().endsWith(UNFINISHED)).toList()) {
                Files.delete(left);
            }
        }
        long needed = Files.size(file) + floorBytes;
        if (Files.getFileStore(directory).getUsableSpace() < needed) {
            throw new MillraceException(
                    ErrorCode.STORE_FULL,
                    "The disk of " + directory + " has no room for a copy: that takes " + (needed >> 20) + " MiB.");
        }
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static MillraceException failed(String sentence, Exception cause) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, Map.of(), cause);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
