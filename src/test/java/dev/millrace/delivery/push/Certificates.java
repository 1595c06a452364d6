package dev.millrace.delivery.push;

import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the backend {@link #NAME} and one for its client, each its own authority; made once, and used by all
 * tests of this process.
 */
public final class Certificates {
    public static final String NAME = "backend.test";
    /** TLS settings that know the backend's authority. */
    public static final String TRUSTING = "trusting";
    /** The same, with a certificate to show. */
    public static final String KNOWN = "known";

    private static final String PASSWORD = "password";
    private static final Certificates MADE = make();

    private final Path directory;
    private final Map<String, TlsConfiguration> settings;

    private Certificates(Path directory) {
        this.directory = directory;
        this.settings = Map.of(
                TRUSTING,
                new Settings(pfx("server-trust"), null),
                KNOWN,
                new Settings(pfx("server-trust"), pfx("client")));
    }

    private static Certificates make() {
        try {
            Path directory = Files.createTempDirectory("millrace-certificates-");
            for (String[] pair : new String[][] {{"server", NAME}, {"client", "client.test"}}) {
                keyPair(directory, pair[0], pair[1]);
            }
            return new Certificates(directory);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the registry makes them from {@code quarkus.tls.NAME}. */
    static Optional<TlsConfiguration> settings(String name) {
        return Optional.ofNullable(MADE.settings.get(name));
    }

    /**
     * Sockets of the backend.
     *
     * @param asking whether clients have to show their certificate
     */
    public static ServerSocketFactory sockets(boolean asking) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store(MADE.directory.resolve("server.p12")), PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store(MADE.directory.resolve("client-trust.p12")));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new AskingFactory(context.getServerSocketFactory(), asking);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PfxOptions pfx(String name) {
        return new PfxOptions()
                .setPath(directory.resolve(name + ".p12").toString())
                .setPassword(PASSWORD);
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void keyPair(Path directory, String name, String host)
            throws IOException, GeneralSecurityException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Path pair = directory.resolve(name + ".p12");
        String options =
                "-genkeypair -alias %s -keyalg EC -dname CN=%s -ext san=dns:%s -validity 2 -storetype PKCS12 -storepass %s"
                        .formatted(name, name, host, PASSWORD);
        List<String> command = new ArrayList<>(List.of(program, "-keystore", pair.toString()));
        command.addAll(List.of(options.split(" ")));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null);
        trust.setCertificateEntry(name, store(pair).getCertificate(name));
        try (OutputStream out = Files.newOutputStream(directory.resolve(name + "-trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    private static final class Settings extends BaseTlsConfiguration {
        private final TrustOptions trusted;
        private final KeyCertOptions own;

        Settings(TrustOptions trusted, KeyCertOptions own) {
            this.trusted = trusted;
            this.own = own;
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            return trusted;
        }

        @Override
        public KeyCertOptions getKeyStoreOptions() {
            return own;
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions().setKeyCertOptions(own).setTrustOptions(trusted);
        }

        @Override
        public String getName() {
            return own == null ? TRUSTING : KNOWN;
        }
    }

    /** Server sockets that ask clients for a certificate, or do not. */
    private static final class AskingFactory extends ServerSocketFactory {
        private final ServerSocketFactory factory;
        private final boolean asking;

        AskingFactory(ServerSocketFactory factory, boolean asking) {
            this.factory = factory;
            this.asking = asking;
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            SSLServerSocket socket = (SSLServerSocket) factory.createServerSocket(port, backlog, address);
            socket.setNeedClientAuth(asking);
            return socket;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            throw new IOException("not asked for");
        }
    }
}
