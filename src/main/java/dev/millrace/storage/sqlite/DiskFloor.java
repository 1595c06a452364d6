package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Keeps some of the disk free: a full one would not even let what runs end. */
final class DiskFloor {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final long bytes;
    private volatile boolean reached;
    private volatile long lookedAt;

    DiskFloor(Path directory, long bytes) {
        this.directory = directory;
        this.bytes = bytes;
        look();
    }

    /**
     * @throws MillraceException {@code STORE_FULL} when there is too little left for anything new
     */
    void check() {
        if (System.nanoTime() - lookedAt > LOOK_NANOS) {
            look();
        }
        if (reached) {
            throw new MillraceException(
                    ErrorCode.STORE_FULL,
                    "The disk of " + directory + " has less than " + (bytes >> 20)
                            + " MiB left: nothing new is accepted until there is room.");
        }
    }

    private void look() {
        lookedAt = System.nanoTime();
        try {
            reached = Files.getFileStore(directory).getUsableSpace() < bytes;
        } catch (IOException e) {
            // What cannot be found out is not held against anyone; the write itself will tell.
            reached = false;
        }
    }
}
