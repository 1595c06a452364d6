package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first key is made as docs/operations.md says, and opens a server that is there for others. */
@Tag("smoke")
class OperationsPageIT {
    private static final Pattern FIRST_KEY = Pattern.compile("```sh\n(umask.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void firstKeyOfThePageOpensAServerThatListensForOthers() throws Exception {
        Matcher block = FIRST_KEY.matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(block.find()).isTrue();
        Process shell = new ProcessBuilder("bash", "-euc", block.group(1))
                .directory(directory.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        Path file = directory.resolve("millrace.env");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Map<String, String> environment = Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        String key = Files.readString(directory.resolve("ops.key")).strip();

        try (MillraceProcess server = MillraceProcess.start(directory, environment)) {
            Http http = new Http(server.uri());
            assertThat(http.get("/api/v1/doctor").status()).isEqualTo(401);
            Http.Reply doctor = http.get("/api/v1/doctor", "Authorization", "Bearer " + key);
            assertThat(doctor.status()).isEqualTo(200);
            assertThat(doctor.body()).doesNotContain("keys-");
        }
    }
}
