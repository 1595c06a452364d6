package dev.millrace.storage.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * A file that holds some of the disk, for when others fill it to the last byte: given up then, so that what runs can end
 * and what is there can be deleted, and laid again once there is room.
 */
final class Reserve {
    private static final Logger LOG = Logger.getLogger("millrace.store");
    private static final int BYTES = 8 << 20;
    private static final int PIECE = 1 << 16;

    private final Path file;
    private boolean there;

    Reserve(Path directory) {
        this.file = directory.resolve("reserve");
        this.there = Files.exists(file);
    }

    /** Does nothing when it is there. */
    synchronized void lay() {
        if (there) {
            return;
        }
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(file)) {
            DirectoryLock.restrict(file);
            for (int written = 0; written < BYTES; written += PIECE) {
                out.write(piece);
            }
            there = true;
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be written", file);
            removePart();
        }
    }

    private void removePart() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            there = true; // to be given later
        }
    }

    /** Gives the disk its room back; false when that was done before. */
    synchronized boolean give() {
        if (!there) {
            return false;
        }
        there = false;
        try {
            Files.deleteIfExists(file);
            LOG.warnf("The disk of %s is full; the room kept for this goes to what runs now", file.getParent());
            return true;
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be deleted", file);
            return false;
        }
    }
}
