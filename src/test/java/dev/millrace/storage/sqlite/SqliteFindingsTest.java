package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.SqliteSettings.Synchronous;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a data directory is found. */
class SqliteFindingsTest {
    private static final long MEBI = 1L << 20;

    @TempDir
    Path directory;

    @Test
    void openDirectoryAndLessThanFullAreFound() throws Exception {
        Path data = directory.resolve("data");
        try (Storage store = SqliteStorage.open(SqliteSettings.of(data))) {
            assertThat(codes(store)).isEmpty();
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x--x"));
            assertThat(codes(store)).containsExactly("sqlite-open-directory");
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        try (Storage store = SqliteStorage.open(new SqliteSettings(data, Synchronous.NORMAL, 1))) {
            assertThat(codes(store)).containsExactly("sqlite-not-full");
        }
    }

    @Test
    void diskBelowItsFloorIsFoundAndLittleSpaceBeforeThat() {
        SqliteSettings noRoom = new SqliteSettings(directory.resolve("data"), Synchronous.FULL, 1, Long.MAX_VALUE);
        try (Storage store = SqliteStorage.open(noRoom)) {
            assertThat(codes(store)).containsExactly("sqlite-disk-full");
        }
        assertThat(DirectoryLook.space(directory, 255 * MEBI, false))
                .hasValueSatisfying(found -> assertThat(found.code()).isEqualTo("sqlite-little-space"));
        assertThat(DirectoryLook.space(directory, 256 * MEBI, false)).isEmpty();
    }

    @Test
    void networkDriveKeepsTheStoreFromOpening() {
        assertThat(DirectoryLook.network(directory, "nfs4")).hasValueSatisfying(found -> {
            assertThat(found.code()).isEqualTo("sqlite-network-drive");
            assertThat(found.fatal()).isTrue();
        });
        assertThat(DirectoryLook.network(directory, "ext4")).isEmpty();
    }

    @Test
    void logThatDoesNotShrinkIsFound() throws Exception {
        try (RandomAccessFile log = new RandomAccessFile(
                directory.resolve(SqliteStorage.FILE + "-wal").toFile(), "rw")) {
            log.setLength(256 * MEBI);
            assertThat(DirectoryLook.log(directory)).isEmpty();
            log.setLength(256 * MEBI + 1);
        }
        assertThat(DirectoryLook.log(directory))
                .hasValueSatisfying(found -> assertThat(found.code()).isEqualTo("sqlite-large-log"));
    }

    private static List<String> codes(Storage store) {
        return store.check().findings().stream().map(Finding::code).toList();
    }
}
