package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.delivery.push.RawBackend;
import dev.millrace.testing.FreePort;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis and a backend that speak TLS, with certificates of an authority that no system knows. */
@Tag("smoke")
class TlsIT {
    private static final String CERTIFICATES = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
              -subj '/CN=authority' -keyout ca.key -out ca.pem
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
              -subj '/CN=server' -keyout server.key -out server.csr
            echo 'subjectAltName=IP:127.0.0.1' > names
            openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out server.pem
            openssl pkcs12 -export -in server.pem -inkey server.key -passout pass:password -out server.p12
            """;
    private static final String SETTINGS = """
            millrace:
              redis:
                tls: private
              destinations:
                hooks:
                  backends: https://127.0.0.1:%d/
                  tls: private
            quarkus:
              tls:
                private:
                  trust-store:
                    pem:
                      certs: %s
            """;

    @TempDir
    static Path directory;

    private static final int PORT = FreePort.next();
    private static RedisServer redis;

    @BeforeAll
    static void start() throws Exception {
        Process shell = new ProcessBuilder("bash", "-euc", CERTIFICATES)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes());
        assertThat(shell.waitFor()).as(said).isZero();
        String[] options =
                "--tls-port %d --tls-cert-file %s/server.pem --tls-key-file %s/server.key --tls-auth-clients no"
                        .formatted(PORT, directory, directory)
                        .split(" ");
        redis = RedisServer.start(Kind.PLAIN, options);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void tasksAreKeptAndPushedOverTlsWhereTheAuthorityIsNamed() throws Exception {
        try (RawBackend backend = new RawBackend(
                        sockets(),
                        (_, out) -> out.write(RawBackend.ok("{\"seen\": 1}").getBytes()));
                MillraceProcess server = MillraceProcess.start(
                        directory, "--redis", url("127.0.0.1"), "--config", settings(backend.port()))) {
            Http http = new Http(server.uri());
            assertThat(ended(http, "{\"type\": \"echo\", \"payload\": [1]}")
                            .path("state")
                            .asText())
                    .isEqualTo("succeeded");
            JsonNode pushed = ended(http, "{\"type\": \"hook\", \"destination\": \"hooks\", \"payload\": [1]}");
            assertThat(pushed.at("/result/seen").asInt()).as(pushed.toString()).isEqualTo(1);
            assertThat(backend.received()).hasSize(1);
            assertThat(redis.command("DBSIZE")).isNotEqualTo(":0\r\n");
        }
    }

    @Test
    void redisOfAnUnknownAuthorityIsRefused() {
        assertRefused(MillraceProcess.run(directory, Map.of(), "start", "--port", "0", "--redis", url("127.0.0.1")));
    }

    @Test
    void redisWithACertificateForAnotherNameIsRefused() {
        assertRefused(MillraceProcess.run(
                directory, Map.of(), "start", "--port", "0", "--redis", url("localhost"), "--config", settings(1)));
    }

    private static void assertRefused(MillraceProcess.Ran ran) {
        assertThat(ran.code()).isNotZero();
        assertThat(ran.out() + ran.err()).contains("Redis is not available").doesNotContain("\tat ", "refused");
    }

    private static JsonNode ended(Http http, String task) {
        return http.post("/api/v1/queues/private/tasks", task, "Prefer", "wait=10")
                .json();
    }

    private static String url(String host) {
        return "rediss://" + host + ":" + PORT;
    }

    private static String settings(int backend) {
        return Settings.file(directory, SETTINGS.formatted(backend, directory.resolve("ca.pem")));
    }

    private static ServerSocketFactory sockets() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("server.p12"))) {
            store.load(in, "password".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
