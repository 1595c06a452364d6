package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps some of the disk free: a full one would not even let what runs end. Room within the file that deleted tasks left
 * counts as well, since SQLite uses it again, as long as the disk has some for the log.
 */
final class DiskFloor {
    private static final int LOG_SHARE = 4;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final long bytes;
    private final LongSupplier idleBytes;
    private final Reserve reserve;
    private volatile boolean reached;
    private volatile long lookedAt;

    /**
     * @param reserve laid as long as there is room for more tasks
     * @param idleBytes how much of the file is free
     */
    private DiskFloor(Path directory, long bytes, Reserve reserve, LongSupplier idleBytes) {
        this.directory = directory;
        this.bytes = bytes;
        this.reserve = reserve;
        this.idleBytes = idleBytes;
        look();
    }

    static DiskFloor of(SqliteSettings settings, Reserve reserve, LongSupplier idleBytes) {
        return new DiskFloor(settings.directory(), settings.floorBytes(), reserve, idleBytes);
    }

    /** Nothing new is accepted now. */
    boolean isReached() {
        lookAgain();
        return reached;
    }

    /**
     * @throws MillraceException {@code STORE_FULL} when there is too little left for anything new
     */
    void check() {
        lookAgain();
        if (reached) {
            throw new MillraceException(
                    ErrorCode.STORE_FULL,
                    "The disk of " + directory + " has less than " + (bytes >> 20)
                            + " MiB left: nothing new is accepted until there is room.");
        }
    }

    /** At most once a second; whoever looks lays the reserve, so that nobody's look keeps another from it. */
    private void lookAgain() {
        if (System.nanoTime() - lookedAt > LOOK_NANOS) {
            look();
            if (!reached) {
                reserve.lay();
            }
        }
    }

    private void look() {
        lookedAt = System.nanoTime();
        try {
            long usable = Files.getFileStore(directory).getUsableSpace();
            reached = usable < bytes && (usable < bytes / LOG_SHARE || usable + idleBytes.getAsLong() < bytes);
        } catch (IOException e) {
            // What cannot be found out is not held against anyone; the write itself will tell.
            reached = false;
        }
    }
}
