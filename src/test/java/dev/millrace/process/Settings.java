package dev.millrace.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files for servers under test. */
final class Settings {
    private Settings() {}

    /** Leases short enough that a test can wait for their end. */
    static String fastLeases(Path directory) {
        return file(directory, """
                millrace:
                  worker:
                    lease: PT3S
                """);
    }

    /** Leases as above, and a client that gives up on Redis soon. */
    static String impatient(Path directory) {
        return file(directory, """
                millrace:
                  worker:
                    lease: PT3S
                  redis:
                    timeout: PT1S
                """);
    }

    static String file(Path directory, String yaml) {
        try {
            Path file = Files.createTempFile(directory, "settings", ".yaml");
            return Files.writeString(file, yaml).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
