package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick reading says what the whole command line says, or nothing. */
class QuickStartTest {
    @TempDir
    Path directory;

    private static StartOptions whole(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "start";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return CommandRun.of(line).started();
    }

    @Test
    void usualArgumentsAreReadAsTheCommandLineReadsThem() throws Exception {
        String config =
                Files.writeString(directory.resolve("my.yaml"), "millrace: {}").toString();
        for (String line : List.of(
                "",
                "--port 0",
                "--port=8081 --host 127.0.0.2",
                "--data " + directory + " --config " + config,
                "--redis redis://h:1 --roles worker --exit-when-idle --max-tasks 5",
                "--redis=rediss://u:p=q@h:1/2 --roles=api,scheduler",
                "--exit-when-idle --roles worker,worker")) {
            String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
            assertThat(QuickStart.of(arguments)).as(line).contains(whole(arguments));
        }
    }

    @Test
    void whateverIsWrongOrSpecialIsLeftToTheCommandLine() {
        for (String line : List.of(
                "--help",
                "--version",
                "--prot 80",
                "--port",
                "--port=",
                "--port x",
                "--port 70000",
                "--port -1",
                "--port 1 --port 2",
                "--roles cook",
                "--roles api,,worker",
                "--redis localhost",
                "--config none.yaml",
                "--max-tasks 3",
                "--exit-when-idle --max-tasks 0",
                "--exit-when-idle --roles api",
                "--exit-when-idle --exit-when-idle",
                "--exit-when-idle=true",
                "port",
                "--")) {
            assertThat(QuickStart.of(line.split(" "))).as(line).isEmpty();
        }
    }
}
