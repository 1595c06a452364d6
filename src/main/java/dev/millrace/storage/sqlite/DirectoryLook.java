package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreCheck.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a data directory and the disk that it is on. */
final class DirectoryLook {
    private static final long LITTLE_SPACE = 256L << 20;
    private static final long LARGE_LOG = 256L << 20;
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private DirectoryLook() {}

    /**
     * @param floorIsReached there is so little room that nothing new is taken
     */
    static List<Finding> findings(Path directory, boolean floorIsReached) {
        List<Finding> findings = new ArrayList<>();
        try {
            FileStore disk = Files.getFileStore(directory);
            network(directory, disk.type()).ifPresent(findings::add);
            space(directory, disk.getUsableSpace(), floorIsReached).ifPresent(findings::add);
            log(directory).ifPresent(findings::add);
            permissions(directory).ifPresent(findings::add);
        } catch (IOException e) {
            // What cannot be found out is not a finding.
        }
        return findings;
    }

    static Optional<Finding> network(Path directory, String type) {
        return NETWORK.contains(type.toLowerCase(Locale.ROOT))
                ? Optional.of(new Finding(
                        true,
                        "sqlite-network-drive",
                        "The data directory " + directory + " is on a network drive (" + type
                                + "), where SQLite can lose data. Name a directory on a local disk, or use Redis."))
                : Optional.empty();
    }

    static Optional<Finding> space(Path directory, long usable, boolean floorIsReached) {
        if (floorIsReached) {
            return Optional.of(new Finding(
                    false,
                    "sqlite-disk-full",
                    "The disk of " + directory + " has " + (usable >> 20)
                            + " MiB left, too little for new tasks, which are refused; what is there can end. Make room:"
                            + " tasks are taken again within two seconds."));
        }
        return usable < LITTLE_SPACE
                ? Optional.of(new Finding(
                        false,
                        "sqlite-little-space",
                        "The disk of " + directory
                                + " has less than 256 MiB left: make room, or no task will be accepted"
                                + " before long."))
                : Optional.empty();
    }

    static Optional<Finding> log(Path directory) throws IOException {
        Path log = directory.resolve(SqliteStorage.FILE + "-wal");
        return Files.exists(log) && Files.size(log) > LARGE_LOG
                ? Optional.of(new Finding(
                        false,
                        "sqlite-large-log",
                        "The database's log has grown to " + (Files.size(log) >> 20)
                                + " MiB: something keeps reading from it. Stop whatever else has the file open."))
                : Optional.empty();
    }

    static Optional<Finding> permissions(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        return Files.getPosixFilePermissions(directory).stream().anyMatch(OTHERS::contains)
                ? Optional.of(new Finding(
                        false,
                        "sqlite-open-directory",
                        "Other users of this machine can look into the data directory " + directory
                                + ": take their rights away with chmod 700."))
                : Optional.empty();
    }
}
