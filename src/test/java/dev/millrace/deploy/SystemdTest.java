package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Commands;
import dev.millrace.cli.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SystemdTest {
    private static final int DRAIN_SECONDS = 25;

    @Test
    void theUnitStartsTheProgramWhereItMayWrite() throws IOException {
        Map<String, String> unit = unit();
        List<String> words = List.of(unit.get("ExecStart").split(" "));
        List<StartOptions> started = new ArrayList<>();

        int code = Commands.start(started::add, Map.of())
                .execute(words.subList(2, words.size()).toArray(String[]::new));

        assertThat(code).isZero();
        assertThat(words.get(1)).isEqualTo("start");
        assertThat(started.getFirst().data()).isEqualTo(Path.of("/var/lib", unit.get("StateDirectory")));
        assertThat(started.getFirst().host())
                .as("loopback, unless somebody adds keys")
                .isNull();
    }

    @Test
    void whatRunsMayEndBeforeTheProcessIsKilled() throws IOException {
        int patience = Integer.parseInt(unit().get("TimeoutStopSec").replace("s", ""));
        assertThat(patience).isGreaterThanOrEqualTo(DRAIN_SECONDS + 10);
    }

    private static Map<String, String> unit() throws IOException {
        return Files.readAllLines(Deploy.ROOT.resolve("systemd/millrace.service")).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
