package dev.millrace.cli;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Pushes and imports that end in the middle, for want of the store, and are begun again, on the server of the test. */
abstract class BulkOnAServer {
    static final int TASKS = 3_000;

    private static final Pattern IN = Pattern.compile("([0-9,]+) tasks are known to be accepted\\. (.*)");

    @TempDir
    Path directory;

    final String queue = "bulk-" + UUID.randomUUID();

    /** As many lines, each a task with a payload of 3 KB, as {@code export} writes them. */
    final String exported() throws IOException {
        return file(",\"queue\":\"" + queue + "\",\"state\":\"ready\"");
    }

    /** The same as a client may write them. */
    final String tasks() throws IOException {
        return file("");
    }

    private String file(String more) throws IOException {
        String payload = "x".repeat(3_000);
        Path file = directory.resolve("tasks.ndjson");
        Files.write(
                file,
                IntStream.range(0, TASKS)
                        .mapToObj(i -> "{\"id\":\"%s-%d\",\"type\":\"nobody\",\"payload\":\"%s\"%s}"
                                .formatted(queue, i, payload, more))
                        .toList());
        return "@" + file;
    }

    static CommandRun run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--server";
        all[arguments.length + 1] = "http://127.0.0.1:" + RestAssured.port;
        return CommandRun.of(all);
    }

    /** How many tasks are in, as the command says that ended in the middle, and how to go on. */
    static int in(CommandRun ended, String code, String again) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("line ", "(" + code + ")");
        Matcher in = IN.matcher(ended.err());
        assertThat(in.find()).as(ended.err()).isTrue();
        assertThat(in.group(2)).isEqualTo(again);
        return Integer.parseInt(in.group(1).replace(",", ""));
    }

    final int ready() {
        return given().get("/api/v1/queues/" + queue).jsonPath().getInt("counts.ready");
    }
}
