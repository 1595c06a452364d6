package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes to its log, and what it does not. */
@Tag("smoke")
class LogIT {
    private static final String SECRET = "s3cr3t-of-a-customer";

    @TempDir
    Path directory;

    @Test
    void runThatFailedIsOneLineThatSaysWhichAndNothingOfWhatItCarried() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            Http http = new Http(server.uri());
            fail(http, "dead-1", "false");
            fail(http, "again-1", "true");
            Until.holds("both lines", () -> lines(server, "task=").size() == 2);

            assertThat(lines(server, "task=dead-1"))
                    .singleElement()
                    .asString()
                    .matches(
                            "\\S+ WARN +task Dead: task=dead-1 queue=q type=fail attempt=1 generation=1 worker=\\S+ error=Failed");
            assertThat(lines(server, "task=again-1"))
                    .singleElement()
                    .asString()
                    .matches(
                            "\\S+ INFO +task Failed, to be tried again at \\S+: task=again-1 queue=q type=fail attempt=1"
                                    + " generation=1 worker=\\S+ error=Failed");
            assertThat(server.output()).doesNotContain(SECRET);
        }
    }

    private static void fail(Http http, String id, String retryable) {
        assertThat(http.post(
                                "/api/v1/queues/q/tasks",
                                "{\"id\": \"%s\", \"type\": \"fail\", \"payload\": {\"message\": \"%s\", \"retryable\": %s}}"
                                        .formatted(id, SECRET, retryable))
                        .ok())
                .isTrue();
    }

    private static List<String> lines(MillraceProcess server, String part) {
        return server.output().lines().filter(line -> line.contains(part)).toList();
    }
}
