package dev.millrace.testing;

import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A primary, its replica and a sentinel that makes the one the other within about two seconds. */
public final class RedisSentinel implements AutoCloseable {
    public static final String MASTER = "main";

    private final RedisServer primary = RedisServer.start(Kind.PLAIN);
    private final RedisServer replica = RedisServer.start(
            Kind.PLAIN, "--replicaof", "127.0.0.1 " + primary.port(), "--repl-diskless-sync-delay", "0");
    private final Path directory;
    private final int port;
    private final Process sentinel;

    private RedisSentinel() throws IOException {
        directory = Files.createTempDirectory("millrace-sentinel-");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.write(
                directory.resolve("sentinel.conf"),
                List.of(
                        "port " + port,
                        "bind 127.0.0.1",
                        "dir " + directory,
                        "sentinel monitor " + MASTER + " 127.0.0.1 " + primary.port() + " 1",
                        "sentinel down-after-milliseconds " + MASTER + " 800",
                        "sentinel failover-timeout " + MASTER + " 4000"));
        sentinel = new ProcessBuilder("redis-server", file.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(sentinel::destroyForcibly));
    }

    public static RedisSentinel start() {
        try {
            return new RedisSentinel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the sentinel, once it watches the replica as well. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public RedisServer primary() {
        return primary;
    }

    public RedisServer replica() {
        return replica;
    }

    @Override
    public void close() {
        sentinel.destroyForcibly();
        replica.close();
        primary.close();
        for (String file : List.of("log", "sentinel.conf")) {
            directory.resolve(file).toFile().delete();
        }
        directory.toFile().delete();
    }
}
