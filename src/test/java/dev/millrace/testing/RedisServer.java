package dev.millrace.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real redis-server on a free loopback port, with its files in a directory of its own. {@link #shared} is started once
 * per JVM and stopped at its end; {@link #start} is the caller's to {@link #close}. Also a JUnit extension
 * ({@code @RegisterExtension static final RedisServer REDIS = RedisServer.shared(Kind.PLAIN)}), though calling
 * {@link #shared} does as well.
 */
public final class RedisServer implements BeforeAllCallback, AutoCloseable {
    /** What the server promises. */
    public enum Kind {
        /** Append-only file, synced each second. */
        PLAIN("--appendonly", "yes", "--appendfsync", "everysec"),
        /** Append-only file, synced before each answer. */
        ALWAYS("--appendonly", "yes", "--appendfsync", "always"),
        /** Nothing survives the process. */
        VOLATILE("--appendonly", "no"),
        /** Cluster mode, one node that owns all slots. */
        CLUSTER("--appendonly", "yes", "--appendfsync", "everysec", "--cluster-enabled", "yes"),
        /** Cluster mode, to be made one of several by {@link RedisGroup}. */
        MEMBER("--appendonly", "yes", "--appendfsync", "everysec", "--cluster-enabled", "yes");

        private final List<String> options;

        Kind(String... options) {
            this.options = List.of(options);
        }
    }

    private static final ConcurrentHashMap<Kind, RedisServer> SHARED = new ConcurrentHashMap<>();
    private static final int LINES = 40;

    private final Kind kind;
    private final List<String> more;
    private final Path directory;
    private final int port = FreePort.next();
    private final int busPort = FreePort.next();
    private final ConcurrentLinkedDeque<String> lastLines = new ConcurrentLinkedDeque<>();
    private Process process;

    private RedisServer(Kind kind, List<String> more) throws IOException {
        this.kind = kind;
        this.more = more;
        this.directory = Files.createTempDirectory("millrace-redis-");
    }

    /** The one server of this kind that this JVM's tests share. */
    public static RedisServer shared(Kind kind) {
        return SHARED.computeIfAbsent(kind, RedisServer::start);
    }

    /**
     * A server of the caller's own.
     *
     * @param more further options of redis-server, such as {@code "--maxmemory", "8mb"}
     */
    public static RedisServer start(Kind kind, String... more) {
        try {
            RedisServer server = new RedisServer(kind, List.of(more));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.launch();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    int busPort() {
        return busPort;
    }

    /** Such as {@code redis://127.0.0.1:40001}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}; what it had written survives in its directory. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts it again on the same port and files, after {@link #kill}. */
    public void restart() {
        kill();
        launch();
    }

    /** SIGSTOP: the port stays open, nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    /** One command, as {@code redis-cli} would send it; answers the reply's lines as they came. */
    public String command(String... words) {
        return commandAt(port, words);
    }

    /** The same of a server that another class loader's tests started. */
    public static String commandAt(int port, String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            out.write((String.join(" ", words) + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return reply.endsWith("+OK\r\n") && reply.length() > 5 ? reply.substring(0, reply.length() - 5) : reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            lastLines.add("The directory " + directory + " could not be removed: " + e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!process.isAlive()) {
            throw new IllegalStateException("This test's redis-server is not running" + output());
        }
    }

    private void launch() {
        List<String> line = new ArrayList<>(List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1"));
        line.addAll(List.of("--dir", directory.toString(), "--save", "", "--daemonize", "no", "--loglevel", "notice"));
        line.addAll(kind.options);
        if (kind == Kind.CLUSTER || kind == Kind.MEMBER) {
            line.addAll(List.of("--cluster-port", "" + busPort));
        }
        line.addAll(more);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        try {
            process = new ProcessBuilder(line).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The tests need redis-server (7.0 or later) on the PATH; on Debian: apt-get install redis-server",
                    e);
        }
        Thread.ofPlatform().daemon().name("redis-server " + port).start(() -> follow(process, ready));
        if (!soon(ready)) {
            throw new IllegalStateException("redis-server did not start" + output());
        }
        if (kind == Kind.CLUSTER) {
            command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            awaitCluster();
        }
    }

    private void follow(Process followed, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(followed.getInputStream()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLines.add(line);
                if (lastLines.size() > LINES) {
                    lastLines.poll();
                }
                if (line.contains("Ready to accept connections")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            lastLines.add(e.toString());
        }
        ready.complete(false);
    }

    private static boolean soon(CompletableFuture<Boolean> ready) {
        try {
            return ready.get(20, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void awaitCluster() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!command("CLUSTER", "INFO").contains("cluster_state:ok")) {
            if (System.nanoTime() > deadline || exitedWithin(50)) {
                throw new IllegalStateException("The cluster of one node did not form" + output());
            }
        }
    }

    private boolean exitedWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void awaitExit() {
        if (!exitedWithin(10_000)) {
            throw new IllegalStateException("redis-server " + process.pid() + " does not end");
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String output() {
        return ". It said:\n" + String.join("\n", lastLines);
    }
}
