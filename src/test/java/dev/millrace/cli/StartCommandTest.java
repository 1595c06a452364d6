package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCommandTest {
    @TempDir
    Path directory;

    @Test
    void whatIsNotSaidIsLeftToTheConfiguration() {
        assertThat(CommandRun.of("start").started())
                .isEqualTo(new StartOptions(null, null, null, null, null, null, null, false));
    }

    @Test
    void everyOptionIsPassedOn() throws IOException {
        Path config = Files.writeString(directory.resolve("my.yaml"), "millrace: {}");
        CommandRun run = CommandRun.of(
                ("start --host 127.0.0.2 --port 0 --data %s --redis redis://h:1 --roles api,worker --config %s --exit-when-idle --max-tasks 5 --log-json")
                        .formatted(directory, config)
                        .split(" "));
        assertThat(run.started())
                .isEqualTo(new StartOptions(
                        "127.0.0.2",
                        0,
                        directory,
                        "redis://h:1",
                        Set.of("api", "worker"),
                        config,
                        new StartOptions.IdleExit(5L),
                        true));
    }

    @Test
    void valueThatCannotBeIsRefusedWithASentence() {
        assertThat(CommandRun.of("start", "--port", "70000").err()).contains("--port is 0 to 65535, not 70000.");
        assertThat(CommandRun.of("start", "--roles", "cook").err())
                .contains("some of api, worker, dashboard, scheduler");
        assertThat(CommandRun.of("start", "--redis", "localhost:6379").err()).contains("like redis://127.0.0.1:6379");
        assertThat(CommandRun.of("start", "--config", "none.yaml").err()).contains("'none.yaml' cannot be read");
        assertThat(CommandRun.of("start", "--max-tasks", "3").err()).contains("goes with --exit-when-idle");
        assertThat(CommandRun.of("start", "--exit-when-idle", "--roles", "api").err())
                .contains("needs the role worker");
        assertThat(CommandRun.of("start", "--port", "70000").started()).isNull();
    }
}
