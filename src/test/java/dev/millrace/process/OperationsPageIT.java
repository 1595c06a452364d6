package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first key is made as docs/operations.md says, and opens a server that is there for others. */
@Tag("smoke")
class OperationsPageIT {
    private static final Pattern FIRST_KEY = Pattern.compile("```sh\n(umask.*?)```", Pattern.DOTALL);

    private static final Pattern PROXY = Pattern.compile("```sh\n(QUARKUS_HTTP_PROXY.*?)```", Pattern.DOTALL);

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
        Map<String, String> environment = settings(Files.readAllLines(file).stream());
        String key = Files.readString(directory.resolve("ops.key")).strip();

        try (MillraceProcess server = MillraceProcess.start(directory, environment)) {
            Http http = new Http(server.uri());
            assertThat(http.get("/api/v1/doctor").status()).isEqualTo(401);
            Http.Reply doctor = http.get("/api/v1/doctor", "Authorization", "Bearer " + key);
            assertThat(doctor.status()).isEqualTo(200);
            assertThat(doctor.body()).doesNotContain("keys-");
        }
    }

    /** Else those who came through the proxy would be one, and a stranger's failures would shut everybody out. */
    @Test
    void ofWhomAProxySpeaksForEachHasFailuresOfHisOwn() throws Exception {
        Matcher block = PROXY.matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(block.find()).isTrue();
        Map<String, String> environment = settings(block.group(1).lines());
        environment.put("MILLRACE_DASHBOARD_USERS_ADA_PASSWORD_HASH", hash("right"));
        environment.put("MILLRACE_DASHBOARD_USERS_ADA_ROLE", "viewer");
        try (MillraceProcess server = MillraceProcess.start(directory, environment)) {
            for (int i = 0; i < 6; i++) {
                assertThat(signIn(server, "203.0.113.1", "nobody", "wrong")).startsWith("/login");
            }
            assertThat(signIn(server, "203.0.113.1", "ada", "right")).startsWith("/login");
            assertThat(signIn(server, "203.0.113.2", "ada", "right")).isEqualTo("/");
        }
    }

    /** Where it leads to. */
    private static String signIn(MillraceProcess server, String client, String name, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Forwarded-For", client)
                .POST(HttpRequest.BodyPublishers.ofString("to=/&name=" + name + "&password=" + password))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }
    }

    private static String hash(String password) throws GeneralSecurityException {
        byte[] salt = new byte[16];
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 600_000, 256))
                .getEncoded();
        HexFormat hex = HexFormat.of();
        return "pbkdf2-sha256:600000:" + hex.formatHex(salt) + ":" + hex.formatHex(hash);
    }

    private static Map<String, String> settings(Stream<String> lines) {
        return lines.map(line -> line.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
