package dev.millrace.storage.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, unpacked into the data directory once. sqlite-jdbc would do it at every start, in the directory for
 * temporary files: that takes 0.1 s of a native executable's start, and what a killed process leaves there nobody removes.
 */
final class SqliteLibrary {
    private static final Logger LOG = Logger.getLogger(SqliteLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final String FILE = "libsqlitejdbc.so";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    private SqliteLibrary() {}

    /**
     * Loads it; does nothing when that was done. Where it cannot be unpacked, and where several class loaders may each
     * want one (an application around Millrace, tests), sqlite-jdbc does it its own way.
     */
    static void load(Path directory) {
        boolean alone = SqliteLibrary.class.getClassLoader() == ClassLoader.getSystemClassLoader();
        if (!alone || System.getProperty(PATH) != null) {
            return;
        }
        try {
            unpack(directory).ifPresent(SqliteLibrary::loadFrom);
        } catch (IOException e) {
            LOG.debugf(e, "SQLite's library is not unpacked into %s", directory);
        }
    }

    private static void loadFrom(Path library) {
        System.setProperty(PATH, library.getParent().toString());
        System.setProperty(NAME, FILE);
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            LOG.debug("SQLite's library is not loaded yet", e);
        } finally {
            System.clearProperty(PATH);
            System.clearProperty(NAME);
        }
    }

    /** Empty for a system that this is not done for. */
    static Optional<Path> unpack(Path directory) throws IOException {
        String architecture = ARCHITECTURES.get(System.getProperty("os.arch"));
        if (!System.getProperty("os.name").equals("Linux") || architecture == null) {
            return Optional.empty();
        }
        String packed = "native/" + system() + "/" + architecture + "/" + FILE;
        try (InputStream library = JDBC.class.getResourceAsStream(packed)) {
            if (library == null) {
                return Optional.empty();
            }
            Path home = directory.resolve("lib").toAbsolutePath();
            DirectoryLock.ownDirectory(home);
            return Optional.of(write(library.readAllBytes(), home));
        }
    }

    /** Whole or not at all: a process may be killed in the middle. */
    private static Path write(byte[] library, Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), library)) {
            return file;
        }
        Path fresh = home.resolve(FILE + ".new");
        Files.write(fresh, library);
        return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Which C library this process runs on is seen by the loader it was started with. */
    private static String system() throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains("/ld-musl-") ? "Linux-Musl" : "Linux";
    }
}
