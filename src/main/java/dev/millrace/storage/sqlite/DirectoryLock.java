package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;

/** The right to a data directory: one holder at a time, in this process or any other on this machine. */
final class DirectoryLock implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DirectoryLock.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the directory, for its owner alone, if it is not there. */
    static DirectoryLock take(Path directory) {
        try {
            ownDirectory(directory);
            return lock(directory);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The data directory " + directory + " cannot be used (" + e.getMessage()
                            + "). Name one that this user may write to.",
                    java.util.Map.of(),
                    e);
        }
    }

    /** Makes it if it is not there, for its owner alone. */
    static void ownDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            restrict(directory, OWNER_ONLY);
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            restrict(file, OWNER_FILE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DirectoryLock(channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // This very process holds it; the same sentence will do.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new MillraceException(
                ErrorCode.STORE_UNAVAILABLE,
                "The data directory " + directory
                        + " is in use by another Millrace process: stop that one, or give this"
                        + " one a directory of its own (several processes can share a Redis).");
    }

    /** So that nobody else on the machine can read it; where the file system knows no such thing, nothing is done. */
    static void restrict(Path path) throws IOException {
        restrict(path, OWNER_FILE);
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** The number that was last noted in this directory; 0 when there is none. */
    long noted() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
            return channel.read(bytes, 0) == Long.BYTES ? bytes.getLong(0) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Not forced to the disk: after a power cut an older number may stand here, never a later one than was noted. */
    void note(long number) {
        try {
            channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number), 0);
        } catch (IOException e) {
            LOG.debug("The lock file could not be written to", e);
        }
    }

    @Override
    public void close() {
        try {
            if (lock.isValid()) {
                lock.release();
            }
            channel.close();
        } catch (IOException e) {
            // The end of the process releases it all the same.
        }
    }
}
