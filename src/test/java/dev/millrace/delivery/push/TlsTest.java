package dev.millrace.delivery.push;

import static dev.millrace.delivery.push.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.guard.DnsServer;
import dev.millrace.delivery.push.PushAnswer.Answered;
import dev.millrace.delivery.push.PushAnswer.NotSent;
import dev.millrace.delivery.push.PushAnswer.Reason;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String PASSWORD = "password";
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    private static DnsServer dns;
    private static PusherFixture fixture;

    @BeforeAll
    static void open() throws Exception {
        keyPair("server", "CN=backend", "san=dns:backend.test");
        keyPair("client", "CN=millrace", "san=dns:client.test");
        Map<String, TlsConfiguration> settings = Map.of(
                "trusting", new Settings("server", null),
                "known", new Settings("server", "client"));
        dns = new DnsServer().answer("backend.test", "127.0.0.1").answer("other.test", "127.0.0.1");
        fixture =
                new PusherFixture(PusherFixture.dns(dns.address()), 8, name -> Optional.ofNullable(settings.get(name)));
    }

    @AfterAll
    static void close() {
        fixture.close();
        dns.close();
    }

    @Test
    void aBackendOfAnOwnAuthorityIsTrustedWhereThatIsConfigured() throws Exception {
        try (RawBackend backend = backend(false)) {
            assertThat(push(backend, "backend.test", "trusting")).isInstanceOf(Answered.class);
            assertThat(reason(push(backend, "backend.test", null))).isEqualTo(Reason.TLS);
            assertThat(backend.received()).hasSize(1);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (RawBackend backend = backend(false)) {
            assertThat(reason(push(backend, "other.test", "trusting"))).isEqualTo(Reason.TLS);
            assertThat(reason(push(backend, "127.0.0.1", "trusting"))).isEqualTo(Reason.TLS);
            assertThat(backend.received()).isEmpty();
        }
    }

    @Test
    void aBackendThatAsksForACertificateGetsTheConfiguredOne() throws Exception {
        try (RawBackend backend = backend(true)) {
            assertThat(push(backend, "backend.test", "known")).isInstanceOf(Answered.class);
            assertThat(push(backend, "backend.test", "trusting")).isNotInstanceOf(Answered.class);
            assertThat(backend.received()).hasSize(1);
        }
    }

    @Test
    void settingsThatAreNotThereSendNothing() throws Exception {
        try (RawBackend backend = backend(false)) {
            assertThat(reason(push(backend, "backend.test", "nobody"))).isEqualTo(Reason.TLS);
        }
    }

    private static PushAnswer push(RawBackend backend, String host, String tls) {
        URI target = URI.create("https://" + host + ":" + backend.port() + "/");
        return fixture.push(PusherFixture.request(target, LONG, tls));
    }

    private static Reason reason(PushAnswer answer) {
        return ((NotSent) answer).reason();
    }

    private static RawBackend backend(boolean asking) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store("server"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store("client"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new RawBackend(
                new AskingFactory(context.getServerSocketFactory(), asking),
                (_, out) -> out.write(ok("{}").getBytes()));
    }

    private static KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore withTrust = KeyStore.getInstance("PKCS12");
        withTrust.load(null);
        withTrust.setCertificateEntry("trusted", store.getCertificate(name));
        withTrust.setKeyEntry(
                name,
                store.getKey(name, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                store.getCertificateChain(name));
        return withTrust;
    }

    private static void keyPair(String name, String subject, String extension) throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options =
                "-genkeypair -alias %s -keyalg EC -dname %s -ext %s -validity 2 -storetype PKCS12 -storepass %s"
                        .formatted(name, subject, extension, PASSWORD);
        List<String> command = new ArrayList<>(
                List.of(program, "-keystore", directory.resolve(name + ".p12").toString()));
        command.addAll(List.of(options.split(" ")));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        trustStore(name);
    }

    private static void trustStore(String name) throws Exception {
        KeyStore pair = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            pair.load(in, PASSWORD.toCharArray());
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null);
        trust.setCertificateEntry(name, pair.getCertificate(name));
        try (var out = Files.newOutputStream(directory.resolve(name + "-trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    /** As the registry makes them from {@code quarkus.tls.NAME}. */
    private static final class Settings extends BaseTlsConfiguration {
        private final String trusted;
        private final String own;

        Settings(String trusted, String own) {
            this.trusted = trusted;
            this.own = own;
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            return pfx(trusted + "-trust");
        }

        @Override
        public KeyCertOptions getKeyStoreOptions() {
            return own == null ? null : pfx(own);
        }

        private static PfxOptions pfx(String name) {
            return new PfxOptions()
                    .setPath(directory.resolve(name + ".p12").toString())
                    .setPassword(PASSWORD);
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions().setKeyCertOptions(getKeyStoreOptions()).setTrustOptions(getTrustStoreOptions());
        }

        @Override
        public String getName() {
            return trusted;
        }
    }

    /** Server sockets that ask clients for a certificate, or do not. */
    private static final class AskingFactory extends javax.net.ServerSocketFactory {
        private final javax.net.ServerSocketFactory factory;
        private final boolean asking;

        AskingFactory(javax.net.ServerSocketFactory factory, boolean asking) {
            this.factory = factory;
            this.asking = asking;
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port, int backlog, java.net.InetAddress address)
                throws IOException {
            SSLServerSocket socket = (SSLServerSocket) factory.createServerSocket(port, backlog, address);
            socket.setNeedClientAuth(asking);
            return socket;
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public java.net.ServerSocket createServerSocket(int port, int backlog) throws IOException {
            throw new IOException("not asked for");
        }
    }
}
