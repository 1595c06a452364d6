package dev.millrace.storage.sqlite;

import java.nio.file.Path;

/**
 * Where and how a SQLite store is kept.
 *
 * @param directory is made if it is not there; one process at a time may use it, and it must not be on a network drive
 * @param readers connections that only read, 1 to 16
 * @param floorBytes when less than this is left on the disk nothing new is accepted, so that what is there can end
 */
public record SqliteSettings(Path directory, Synchronous synchronous, int readers, long floorBytes) {
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

    /** FULL, with four readers and a floor of 64 MiB. */
    public static SqliteSettings of(Path directory) {
        return new SqliteSettings(directory, Synchronous.FULL, USUAL_READERS);
    }
}
