package dev.millrace.process;

import dev.millrace.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server as users run it: a process of the packaged jar, or of the native executable when {@code it.executable} names
 * one, on a free loopback port. Ended with the test.
 */
public final class MillraceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration EXIT = Duration.ofSeconds(40);

    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path directory;
    private final int port;
    private final ConcurrentLinkedDeque<String> output = new ConcurrentLinkedDeque<>();
    private Process process;

    private final List<String> program;

    private MillraceProcess(
            List<String> program, Path directory, Map<String, String> environment, List<String> arguments) {
        this.program = program;
        this.directory = directory;
        this.environment = environment;
        this.arguments = arguments;
        this.port = FreePort.next();
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param directory where it runs, and keeps its data if it is not told otherwise
     */
    public static MillraceProcess start(Path directory, String... arguments) {
        return start(directory, Map.of(), arguments);
    }

    /**
     * @param environment besides an empty one
     */
    public static MillraceProcess start(Path directory, Map<String, String> environment, String... arguments) {
        MillraceProcess server = new MillraceProcess(program("server"), directory, environment, List.of(arguments));
        server.launch();
        return server;
    }

    /** Starts another program that Millrace is a part of. */
    static MillraceProcess startJar(Path jar, Path directory, String... arguments) {
        MillraceProcess server = new MillraceProcess(program(jar, "server"), directory, Map.of(), List.of(arguments));
        server.launch();
        return server;
    }

    /**
     * Starts one whose wall clock is wrong.
     *
     * @param offset such as {@code +1h}
     */
    public static MillraceProcess startWithClock(String offset, Path directory, String... arguments) {
        return start(directory, FakeTime.environment(offset), arguments);
    }

    /** Runs a command to its end. */
    public static Ran run(Path directory, Map<String, String> environment, String... arguments) {
        return run(directory, environment, "", List.of(arguments));
    }

    /**
     * @param input for its standard input
     */
    public static Ran run(Path directory, Map<String, String> environment, String input, List<String> arguments) {
        try {
            Path out = Files.createTempFile(directory, "out", ".txt");
            Path err = Files.createTempFile(directory, "err", ".txt");
            Path in = Files.writeString(Files.createTempFile(directory, "in", ".txt"), input);
            String role = arguments.getFirst().equals("start") ? "server" : "client";
            Process process = builder(program(role), directory, environment, arguments)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(arguments + " did not end: " + Files.readString(err));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a command left behind. */
    public record Ran(int code, String out, String err) {}

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Everything it printed so far. */
    public String output() {
        return String.join("\n", output);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM, and waits for the end. */
    public int stop() {
        terminate();
        return awaitExit();
    }

    /** SIGTERM; what it says after that is still heard. */
    public void terminate() {
        signal("-TERM");
    }

    /** Starts it again as it was, on the same port and in the same directory. */
    public void restart() {
        if (process.isAlive()) {
            kill();
        }
        launch();
    }

    /** SIGSTOP: the port stays open, nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void launch() {
        List<String> line = new ArrayList<>(List.of("start", "--port", "" + port));
        line.addAll(arguments);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        try {
            process = builder(program, directory, environment, line)
                    .redirectErrorStream(true)
                    .start();
            Process started = process;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            Thread.ofPlatform().daemon().name("millrace " + port).start(() -> follow(started, ready));
            if (ready.get(START.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.util.concurrent.ExecutionException | InterruptedException | TimeoutException e) {
            process.destroyForcibly();
        }
        throw new IllegalStateException("The server did not start:\n" + output());
    }

    private void follow(Process followed, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(followed.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains("Listening on")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.complete(false);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @return the exit code
     */
    public int awaitExit() {
        try {
            if (process.waitFor(EXIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("The server did not end:\n" + output());
    }

    private static ProcessBuilder builder(
            List<String> program, Path directory, Map<String, String> environment, List<String> arguments) {
        List<String> line = new ArrayList<>(program);
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(MILLRACE|REDIS|CLUSTER|QUARKUS)_.*|NODE_ID|LOG_LEVEL"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** The words before the first argument of a command. */
    static List<String> program() {
        return program("client");
    }

    private static List<String> program(String role) {
        String executable = System.getProperty("it.executable", "");
        if (!executable.isEmpty()) {
            return List.of(executable);
        }
        return program(Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath(), role);
    }

    /** With the AOT cache that the launcher made, where it did; a JVM leaves one aside that does not fit. */
    private static List<String> program(Path jar, String role) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = new ArrayList<>(List.of(java, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        Path cache = jar.resolveSibling(role + ".aot");
        if (Files.exists(cache)) {
            words.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        words.addAll(List.of("-jar", jar.toString()));
        return words;
    }
}
