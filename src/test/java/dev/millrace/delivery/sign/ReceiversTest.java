package dev.millrace.delivery.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The receivers that docs/examples shows take what we sign, and nothing else. */
class ReceiversTest {
    private static final Path EXAMPLES = Path.of("docs/examples/receivers");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final byte[] BODY = "{\"to\": \"ad\u00e4@example.org\"}".getBytes(StandardCharsets.UTF_8);

    static Stream<List<String>> receivers() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(
                List.of("python3", "receiver.py"),
                List.of("node", "receiver.js"),
                List.of(java, "-XX:TieredStopAtLevel=1", "Receiver.java"));
    }

    @ParameterizedTest
    @MethodSource("receivers")
    void onlyGenuineTasksAreTaken(List<String> command) throws Exception {
        long now = InstantSource.system().instant().getEpochSecond();
        Process process = start(command);
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader said = process.inputReader()) {
            String first = said.readLine();
            URI url = URI.create("http://127.0.0.1:" + first.substring(first.lastIndexOf(' ') + 1) + "/");
            Sender sender = new Sender(client, url);
            HttpResponse<String> taken = sender.send(now, signed(now, BODY, SECRET), BODY);
            assertThat(taken.statusCode()).isEqualTo(200);
            assertThat(taken.body().replace(" ", "")).startsWith("{\"done\":\"order-42\",\"got\":{\"to\":");
            assertThat(sender.status(now, signed(now, BODY, OTHER, SECRET), BODY))
                    .isEqualTo(200);
            assertThat(sender.status(now, signed(now, BODY, OTHER), BODY)).isEqualTo(401);
            assertThat(sender.status(now, signed(now, BODY, SECRET), "{}".getBytes()))
                    .isEqualTo(401);
            assertThat(sender.status(now + 1, signed(now, BODY, SECRET), BODY)).isEqualTo(401);
            for (long old : new long[] {now - 400, now + 400}) {
                assertThat(sender.status(old, signed(old, BODY, SECRET), BODY)).isEqualTo(401);
            }
            for (String bad : List.of("v1,", "v2" + signed(now, BODY, SECRET).substring(2), "nothing")) {
                assertThat(sender.status(now, bad, BODY)).as(bad).isEqualTo(401);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of("0")).toList())
                .directory(EXAMPLES.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SECRET", SECRET);
        return builder.start();
    }

    private static String signed(long seconds, byte[] body, String... secrets) {
        return Signatures.header(Stream.of(secrets).map(SigningSecret::parse).toList(), "order-42", seconds, body);
    }

    private record Sender(HttpClient client, URI url) {
        HttpResponse<String> send(long seconds, String signature, byte[] body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("webhook-id", "order-42")
                    .header("webhook-timestamp", String.valueOf(seconds))
                    .header("webhook-signature", signature)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }

        int status(long seconds, String signature, byte[] body) throws Exception {
            return send(seconds, signature, body).statusCode();
        }
    }
}
