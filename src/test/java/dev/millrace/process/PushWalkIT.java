package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's backend of fifteen lines, as it is written, but for the ports; and with waiting between. */
@Tag("smoke")
class PushWalkIT {
    private static final Pattern PROGRAM = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final String SOME_DONE =
            "for i in $(seq 60); do ./millrace queues | grep -qE '^shop .* [1-9][0-9]* +0 +0 +0' && break; sleep 0.2; done\n";
    private static final String OPEN =
            "for i in $(seq 60); do curl -s http://127.0.0.1:8080/api/v1/destinations/orders/stats"
                    + " | grep -q '\"breaker\":\"open\"' && break; sleep 0.2; done\n";
    private static final String ALL_DONE =
            "for i in $(seq 90); do ./millrace queues | grep -qE '^shop +0 +0 +0 +500 ' && break; sleep 1; done\n";

    @TempDir
    Path directory;

    @Test
    void everyTaskEndsThoughTheBackendFailsAndIsStoppedAndStartedAgain() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String program =
                PROGRAM.matcher(readme).results().findFirst().orElseThrow().group(1);
        List<String> blocks = BLOCK.matcher(readme)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(4);
        assertThat(program.strip().lines()).hasSizeLessThanOrEqualTo(15);
        int port = MillraceProcess.freePort();
        Files.writeString(directory.resolve("backend.py"), program.replace("9000", "" + port));
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            launcher();
            String script = "trap 'kill $!' EXIT\n" + blocks.get(0) + SOME_DONE + blocks.get(1) + OPEN + blocks.get(2)
                    + ALL_DONE + blocks.get(3);
            String said = shell(script.replace("8080", "" + server.port()).replace("9000", "" + port), server.port());
            assertThat(said).contains("500 tasks accepted in shop").containsPattern("\nshop +0 +0 +0 +500 ");
            assertThat(said).containsPattern("\"opened\":[1-9]").doesNotContain("whsec_");
        }
    }

    private String shell(String script, int port) throws Exception {
        Path out = directory.resolve("shell.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("MILLRACE_SERVER", "http://127.0.0.1:" + port);
        Process shell = builder.start();
        boolean ended = shell.waitFor(180, TimeUnit.SECONDS);
        shell.destroy();
        assertThat(ended).as(Files.readString(out)).isTrue();
        return Files.readString(out);
    }

    private void launcher() throws IOException {
        String text = "#!/usr/bin/env bash\nexec " + String.join(" ", MillraceProcess.program()) + " \"$@\"\n";
        Path launcher = Files.writeString(directory.resolve("millrace"), text);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
