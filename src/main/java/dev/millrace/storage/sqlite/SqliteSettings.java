package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig.Retention;
import java.nio.file.Path;

/**
 * Where and how a SQLite store is kept.
 *
 * @param directory is made if it is not there; one process at a time may use it, and it must not be on a network drive
 * @param readers connections that only read, 1 to 16
 * @param floorBytes when less than this is left on the disk nothing new is accepted, so that what is there can end
 * @param usual how long queues keep ended tasks that say nothing of it themselves
 */
public record SqliteSettings(Path directory, Synchronous synchronous, int readers, long floorBytes, Retention usual) {
    static final long USUAL_FLOOR_BYTES = 64L << 20;
    private static final int MOST_READERS = 16;
    private static final int USUAL_READERS = 4;

    /** How much of what was answered survives a power cut; the end of the process alone loses nothing in either. */
    public enum Synchronous {
        /** Every answer waits for the disk. */
        FULL,
        /** Fast, may lose the last moments. */
        NORMAL
    }

    public SqliteSettings {
        if (readers < 1 || readers > MOST_READERS) {
            throw new IllegalArgumentException("1 to " + MOST_READERS + " readers, not " + readers);
        }
    }

    public SqliteSettings(Path directory, Synchronous synchronous, int readers) {
        this(directory, synchronous, readers, USUAL_FLOOR_BYTES);
    }

    public SqliteSettings(Path directory, Synchronous synchronous, int readers, long floorBytes) {
        this(directory, synchronous, readers, floorBytes, Retention.DEFAULT);
    }

    public SqliteSettings withUsual(Retention other) {
        return new SqliteSettings(directory, synchronous, readers, floorBytes, other);
    }

    /** FULL, with four readers and a floor of 64 MiB. */
    public static SqliteSettings of(Path directory) {
        return new SqliteSettings(directory, Synchronous.FULL, USUAL_READERS);
    }
}
