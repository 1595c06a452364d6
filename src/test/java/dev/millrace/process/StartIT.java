package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server starts, refuses to, and ends. */
@Tag("smoke")
class StartIT {
    @TempDir
    Path directory;

    @Test
    void unknownSettingStopsTheStartWithASentence() {
        assertRefused(
                start(Map.of(), "--config", Settings.file(directory, "millrace:\n  wroker:\n    concurrency: 3\n")),
                "There is no setting 'millrace.wroker.concurrency'");
    }

    @Test
    void unknownSettingInTheConfigDirectoryStopsTheStartToo() throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/application.yaml"), "millrace:\n  colour: red\n");
        assertRefused(start(Map.of()), "There is no setting 'millrace.colour'");
    }

    @Test
    void valueThatCannotBeStopsTheStartWithASentence() {
        assertRefused(start(Map.of("CLUSTER_MAX_WORKERS", "many")), "'millrace.worker.concurrency' cannot be 'many'");
        assertRefused(start(Map.of("MILLRACE_DRAIN", "soon")), "'millrace.drain' cannot be 'soon'");
        assertRefused(start(Map.of("CLUSTER_FORCE_SQLITE", "maybe")), "'millrace.store' cannot be 'maybe'");
        assertRefused(start(Map.of("MILLRACE_WORKER_CONCURRENCY", "0")), "concurrency");
        MillraceProcess.Ran badPort = start(Map.of("MILLRACE_DESTINATIONS_A_BACKENDS", "http://127.0.0.1:9/"));
        assertRefused(badPort, "must not use port 9");
        assertThat(badPort.out() + badPort.err()).as("nothing was started").doesNotContain("Roles:");
    }

    @Test
    void addressThatIsNotLoopbackNeedsAKey() {
        assertRefused(start(Map.of(), "--host", "0.0.0.0"), "key");
    }

    @Test
    void portThatIsTakenIsSaid() {
        try (MillraceProcess first = MillraceProcess.start(directory)) {
            assertRefused(
                    MillraceProcess.run(
                            directory, Map.of(), "start", "--port", "" + first.port(), "--data", "elsewhere"),
                    "--port");
        }
    }

    @Test
    void secondProcessOnTheSameDirectoryIsRefused() {
        try (MillraceProcess first = MillraceProcess.start(directory)) {
            MillraceProcess.Ran second = MillraceProcess.run(directory, Map.of(), "start", "--port", "0");
            assertRefused(second, "data");
            assertThat(first.alive()).isTrue();
        }
    }

    @Test
    void directoryThatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        assertRefused(start(Map.of(), "--data", "file/below"), "file/below");
    }

    @Test
    void plainVariablesChooseTheStore() {
        RedisServer redis = RedisServer.shared(Kind.PLAIN);
        try (MillraceProcess server = MillraceProcess.start(directory, Map.of("REDIS_URL", redis.uri()))) {
            assertThat(server.output()).containsIgnoringCase("redis store");
        }
        Map<String, String> forced = Map.of("REDIS_URL", redis.uri(), "CLUSTER_FORCE_SQLITE", "true");
        try (MillraceProcess server = MillraceProcess.start(directory, forced)) {
            assertThat(server.output()).containsIgnoringCase("sqlite store");
        }
    }

    @Test
    void redisWithoutAppendOnlyFileIsReportedAtTheStart() {
        try (RedisServer redis = RedisServer.start(Kind.VOLATILE);
                MillraceProcess server = MillraceProcess.start(directory, "--redis", redis.uri())) {
            assertThat(server.output()).contains("WARN").containsIgnoringCase("append");
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAPlainStop() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            new Http(server.uri()).post("/api/v1/queues/q/tasks", "{\"id\": \"kept\", \"type\": \"nobody\"}");
            assertThat(server.stop()).isIn(0, 143);
            server.restart();
            assertThat(new Http(server.uri())
                            .read("/api/v1/tasks/kept")
                            .path("state")
                            .asText())
                    .isEqualTo("ready");
        }
    }

    @Test
    void oneLineSaysWhereItListens() {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            assertThat(server.output().lines().filter(line -> line.contains("Listening on")))
                    .singleElement()
                    .asString()
                    .contains(server.uri().toString());
            assertThat(server.output()).doesNotContain("WARN", "ERROR");
        }
    }

    private MillraceProcess.Ran start(Map<String, String> environment, String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "start";
        line[1] = "--port";
        line[2] = "0";
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        return MillraceProcess.run(directory, environment, line);
    }

    private static void assertRefused(MillraceProcess.Ran ran, String sentence) {
        String said = ran.out() + ran.err();
        assertThat(ran.code()).as(said).isNotZero();
        assertThat(said).contains(sentence).doesNotContain("\tat ", "Exception");
    }
}
