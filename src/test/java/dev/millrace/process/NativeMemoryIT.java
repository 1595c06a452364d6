package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a native executable holds of its machine's memory. */
@Tag("native")
class NativeMemoryIT {
    /** Its own, without the pages of its file: more than what is needed at rest, less than a young generation. */
    private static final long REST_KIB = 18 << 10;

    @TempDir
    Path directory;

    @Test
    void whatABurstTookIsGivenBackWhenItIsOver() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            Until.holds(() -> "memory after the start: " + ownKib(server), () -> ownKib(server) < REST_KIB);
            Http http = new Http(server.uri());
            String tasks = "[" + "{\"type\":\"echo\"},".repeat(499) + "{\"type\":\"echo\"}]";
            long most = 0;
            for (int call = 0; call < 20; call++) {
                http.post("/api/v1/queues/burst/tasks/bulk", tasks);
                most = Math.max(most, ownKib(server));
            }
            assertThat(most).as("KiB in the burst").isGreaterThan(REST_KIB);
            Until.holds(() -> "memory after the burst: " + ownKib(server), () -> ownKib(server) < REST_KIB);
        }
    }

    private static long ownKib(MillraceProcess server) {
        try {
            return Files.readAllLines(Path.of("/proc", "" + server.pid(), "status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
