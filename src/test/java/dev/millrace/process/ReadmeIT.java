package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.FreePort;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk in one shell, line by line as it is written, but for the port; and with waiting between. */
@Tag("crash")
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String READY =
            "curl -sf --retry 60 --retry-delay 1 --retry-connrefused -o health.json http://127.0.0.1:8080/q/health/ready\n";
    private static final String ALL_DONE =
            "for i in $(seq 90); do ./millrace queues | grep -qE '^walk +0 +0 +0 +10000 ' && break; sleep 1; done\n";

    @TempDir
    Path directory;

    @Test
    void walkWorksAsWrittenOnSqlite() throws Exception {
        List<String> blocks = blocks();
        walk(blocks.get(0), blocks);
    }

    @Test
    void walkWorksAsWrittenOnRedis() throws Exception {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN)) {
            List<String> blocks = blocks();
            walk(blocks.getLast().replace("6379", "" + redis.port()), blocks);
        }
    }

    private void walk(String start, List<String> blocks) throws Exception {
        String again = blocks.get(3).replace(blocks.get(0), start);
        String said = shell("trap 'kill -9 $!' EXIT\n" + start + READY + blocks.get(1) + "echo\n" + blocks.get(2)
                + again + READY + ALL_DONE + blocks.get(4) + blocks.get(2));
        assertThat(said).contains("\"result\":{\"to\": \"ada@example.org\"}").contains("10,000 tasks accepted in walk");
        List<String> counts =
                said.lines().filter(line -> line.startsWith("walk ")).toList();
        assertThat(counts).as(said).hasSize(3);
        assertThat(counts.get(0)).as("there is a middle to kill in").doesNotMatch("walk +0 .*");
        assertThat(counts.get(1)).matches("walk +0 +0 +0 +10000 .*");
        assertThat(counts.get(2)).as("a repeat runs nothing").isEqualTo(counts.get(1));
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(6);
        return blocks;
    }

    private String shell(String script) throws Exception {
        int port = FreePort.next();
        launcher(port);
        Path out = directory.resolve("shell.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script.replace("8080", "" + port))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("MILLRACE_SERVER", "http://127.0.0.1:" + port);
        Process shell = builder.start();
        boolean ended = shell.waitFor(240, TimeUnit.SECONDS);
        shell.destroy();
        assertThat(ended).as(Files.readString(out)).isTrue();
        return Files.readString(out);
    }

    /** Stands for the launcher: the same program, on a port of its own. */
    private void launcher(int port) throws IOException {
        Path launcher = Files.writeString(
                directory.resolve("millrace"), """
                #!/usr/bin/env bash
                if [[ $1 == start ]]; then set -- "$@" --port %d; fi
                exec %s "$@"
                """.formatted(port, String.join(" ", MillraceProcess.program())));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
