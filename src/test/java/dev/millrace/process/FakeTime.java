package dev.millrace.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** libfaketime, which gives a process a wall clock of its own. */
final class FakeTime {
    private FakeTime() {}

    /**
     * What a process needs in its environment.
     *
     * @param offset such as {@code +1h}
     */
    static Map<String, String> environment(String offset) {
        return Map.of(
                "LD_PRELOAD", library().toString(),
                "FAKETIME", offset,
                "DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Else every timed wait of the JVM ends at once, and it spins.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1");
    }

    private static Path library() {
        try (Stream<Path> files = Files.find(
                Path.of("/usr/lib"), 4, (file, attributes) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
            return files.findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "The tests need libfaketime; on Debian: apt-get install faketime"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
