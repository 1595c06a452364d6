package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
    @TempDir
    Path data;

    private Path unpacked() throws IOException {
        return SqliteLibrary.unpack(data).orElseThrow();
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Test
    void libraryLiesInTheDataDirectoryWhole() throws IOException {
        Path library = unpacked();
        assertThat(library).hasParent(data.resolve("lib").toAbsolutePath()).isRegularFile();
        assertThat(library.toFile().length()).isGreaterThan(1_000_000);
        try (Stream<Path> files = Files.list(library.getParent())) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void damagedOneIsReplaced() throws IOException {
        byte[] whole = Files.readAllBytes(unpacked());
        Files.writeString(unpacked(), "cut short");
        assertThat(unpacked()).hasBinaryContent(whole);
    }

    @Test
    void wholeOneIsLeftAlone() throws IOException {
        Object made = inode(unpacked());
        assertThat(inode(unpacked())).isEqualTo(made);
    }
}
