package dev.millrace.bench;

import dev.millrace.cluster.OwnProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of this same program as a child process, with all roles, on a scratch directory or scratch prefix. */
final class ServerProcess implements AutoCloseable {
    private static final int TRIES = 600;
    private static final long PAUSE_MILLIS = 50;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final int port;
    private final Path log;

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * @param redis its address; null for SQLite
     * @param prefix of keys in Redis
     */
    static ServerProcess start(Path directory, String redis, String prefix) throws IOException {
        int port = RedisProcess.Ports.free();
        Path log = directory.resolve("server.log");
        List<String> command = new ArrayList<>(OwnProgram.words());
        command.addAll(List.of(
                "start",
                "--port",
                String.valueOf(port),
                "--data",
                data(directory).toString()));
        if (redis != null) {
            command.addAll(List.of("--redis", redis));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(directory.toFile());
        builder.environment().put("MILLRACE_REDIS_PREFIX", prefix);
        ServerProcess started = new ServerProcess(builder.start(), port, log);
        started.awaitReady();
        return started;
    }

    /** Where its SQLite store is. */
    static Path data(Path directory) {
        return directory.resolve("server");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return process.pid();
    }

    /** Seconds of processor time that it has taken since its start. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException refused) {
                pauseOrGiveUp();
            }
        }
        close();
        throw new IllegalStateException("The server did not listen in time");
    }

    private void pauseOrGiveUp() throws IOException {
        try {
            if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The server ended at once: "
                        + Files.readString(log)
                                .lines()
                                .reduce((first, last) -> last)
                                .orElse("it said nothing"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server started", e);
        }
    }
}
