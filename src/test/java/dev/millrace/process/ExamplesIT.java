package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.millrace.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The examples that the commands show in their help, run by a shell as they stand there against a server. */
@Tag("smoke")
class ExamplesIT {
    /** Start or measure servers of their own. */
    private static final List<String> ELSEWHERE = List.of("start", "bench", "test");

    /** Ends the server that the others need; ClusterIT tells a node to stop. */
    private static final String LAST_ORDER = "millrace nodes stop";

    @TempDir
    static Path directory;

    private static MillraceProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = MillraceProcess.start(directory);
        Path program = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("millrace"),
                "#!/bin/sh\nexec %s \"$@\"\n".formatted(String.join(" ", MillraceProcess.program())));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("tasks.ndjson"), "{\"type\": \"echo\"}\n{\"type\": \"echo\"}\n");
        Files.writeString(
                directory.resolve("exported.ndjson"), "{\"id\": \"i-1\", \"queue\": \"mail\", \"type\": \"echo\"}\n");
        Files.writeString(directory.resolve("hooks.json"), "{\"backends\": [{\"url\": \"http://127.0.0.1:9000/\"}]}");
        submit("\"type\": \"echo\"", "order-42-receipt", "done-1", "done-2");
        submit("\"type\": \"fail\", \"payload\": {\"retryable\": false}", "failed-1", "failed-2");
        submit("\"type\": \"nobody\"", "order-1", "order-2", "order-3");
        submit("\"type\": \"echo\", \"delay\": \"PT1H\"", "report-1");
        for (String queue : List.of("reports", "trial", "trial-1", "trial-2")) {
            http().post("/api/v1/queues/" + queue + "/tasks", "{\"type\": \"echo\"}");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> examplesWorkAsTheyStand() {
        return Commands.all(options -> {}, Map.of()).getSubcommands().entrySet().stream()
                .filter(command -> !ELSEWHERE.contains(command.getKey()))
                .flatMap(command -> examples(command.getValue()))
                .distinct()
                .filter(example -> !example.startsWith(LAST_ORDER))
                // What is deleted is needed by the others; of what deletes, a queue goes last.
                .sorted(Comparator.comparing(ExamplesIT::deletes)
                        .thenComparing(example -> deletes(example) ? example : ""))
                .map(example -> dynamicTest(example, () -> run(example)));
    }

    private static boolean ended() {
        int running = http().read("/api/v1/queues/mail")
                .path("counts")
                .path("running")
                .asInt();
        return running == 0
                && List.of("failed-1", "failed-2").stream()
                        .allMatch(id -> state(id).equals("dead"));
    }

    private static boolean deletes(String example) {
        return example.matches("millrace [a-z-]+ delete .*");
    }

    private static Stream<String> examples(CommandLine command) {
        Stream<String> own = Arrays.stream(
                        command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(String::strip);
        return Stream.concat(own, command.getSubcommands().values().stream().flatMap(ExamplesIT::examples));
    }

    private static void run(String example) throws IOException, InterruptedException {
        if (!deletes(example)) {
            Until.holds("the ends of what runs", ExamplesIT::ended);
        }
        Path out = directory.resolve("example.txt");
        ProcessBuilder shell = new ProcessBuilder(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        example.replace("https://tasks.example.org", server.uri() + "")
                                .replace("web-1-0a1b2c3d", node()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile());
        shell.environment().put("MILLRACE_SERVER", server.uri().toString());
        shell.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = shell.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(example).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }

    private static String node() {
        return http().read("/api/v1/clustering/nodes").at("/items/0/id").asText();
    }

    private static String state(String id) {
        return http().read("/api/v1/tasks/" + id).path("state").asText();
    }

    private static void submit(String members, String... ids) {
        for (String id : ids) {
            assertThat(http().post("/api/v1/queues/mail/tasks", "{\"id\": \"%s\", %s}".formatted(id, members))
                            .ok())
                    .isTrue();
        }
    }

    private static Http http() {
        return new Http(server.uri());
    }
}
