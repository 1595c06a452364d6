package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreCheck;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at the database and the directory that it is in. */
final class SqliteStoreCheck implements StoreCheck {
    private static final long LITTLE_SPACE = 256L << 20;
    private static final long LARGE_LOG = 256L << 20;
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final SqliteSettings settings;
    private final Writer writer;
    private final FileMark mark;
    private final Damage damage;

    SqliteStoreCheck(SqliteSettings settings, Writer writer, FileMark mark, Damage damage) {
        this.settings = settings;
        this.writer = writer;
        this.mark = mark;
        this.damage = damage;
    }

    private static final String SMALLEST = """
            SELECT value FROM meta WHERE key = 'format'""";

    /** Through the writer, which is what everything depends on; it writes nothing. */
    @Override
    public void ping() {
        writer.call(tx -> tx.sql.first(SMALLEST, row -> row.getInt(1)));
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String durability() {
        return switch (settings.synchronous()) {
            case FULL -> "SQLite synchronous=FULL: what was answered survives a power cut";
            case NORMAL ->
                "SQLite synchronous=NORMAL: a power cut may lose the last moments, the end of the process"
                        + " alone nothing";
        };
    }

    @Override
    public Duration clockOffset() {
        return Duration.ZERO;
    }

    @Override
    public int rollbacks() {
        return mark.setBack() ? 1 : 0;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        damage.finding().ifPresent(findings::add);
        mark.finding().ifPresent(findings::add);
        try {
            FileStore disk = Files.getFileStore(settings.directory());
            lookAtDisk(disk, findings);
            lookAtLog(findings);
            lookAtPermissions(findings);
        } catch (IOException e) {
            // What cannot be found out is not a finding.
        }
        if (settings.synchronous() == SqliteSettings.Synchronous.NORMAL) {
            findings.add(new Finding(
                    false,
                    "sqlite-not-full",
                    "SQLite runs with synchronous=NORMAL: a power cut may lose accepted tasks. Set it to FULL unless"
                            + " that is wanted."));
        }
        return List.copyOf(findings);
    }

    private void lookAtDisk(FileStore disk, List<Finding> findings) throws IOException {
        Path directory = settings.directory();
        if (NETWORK.contains(disk.type().toLowerCase(Locale.ROOT))) {
            findings.add(new Finding(
                    true,
                    "sqlite-network-drive",
                    "The data directory " + directory + " is on a network drive (" + disk.type()
                            + "), where SQLite can lose data. Name a directory on a local disk, or use Redis."));
        }
        if (disk.getUsableSpace() < LITTLE_SPACE) {
            findings.add(new Finding(
                    false,
                    "sqlite-little-space",
                    "The disk of " + directory + " has less than 256 MiB left: make room, or no task will be accepted"
                            + " before long."));
        }
    }

    private void lookAtLog(List<Finding> findings) throws IOException {
        Path log = settings.directory().resolve(SqliteStorage.FILE + "-wal");
        if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
            findings.add(new Finding(
                    false,
                    "sqlite-large-log",
                    "The database's log has grown to " + (Files.size(log) >> 20)
                            + " MiB: something keeps reading from it. Stop whatever else has the file open."));
        }
    }

    private void lookAtPermissions(List<Finding> findings) throws IOException {
        Path directory = settings.directory();
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            findings.add(new Finding(
                    false,
                    "sqlite-open-directory",
                    "Other users of this machine can look into the data directory " + directory
                            + ": take their rights away with chmod 700."));
        }
    }
}
