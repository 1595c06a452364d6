package dev.millrace.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native function as provided.al2023 runs it: out of its archive, without arguments, against the interface of the runtime. */
@Tag("native")
class BootstrapIT {
    private static final String RUNTIME = "/2018-06-01/runtime/invocation/";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile Duration left = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void invocationsAreAnsweredAndTooShortOnesFail() throws Exception {
        HttpServer runtime = runtime();
        Process bootstrap = start(runtime.getAddress().getPort());
        try {
            events.add(Samples.SCHEDULED);
            assertThat(answers.poll(30, TimeUnit.SECONDS)).isEqualTo("response {\"done\":0,\"more\":false}");
            events.add(Samples.url("/api/v1/drain", "", "{}"));
            assertThat(answers.poll(30, TimeUnit.SECONDS)).startsWith("response ").contains("\"statusCode\":401");
            left = Duration.ofSeconds(3);
            events.add("{}");
            assertThat(answers.poll(30, TimeUnit.SECONDS)).startsWith("error ").contains("raise its Timeout");
        } finally {
            bootstrap.destroyForcibly().waitFor();
            runtime.stop(0);
        }
    }

    private Process start(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(unpack().toString())
                .directory(directory.toFile())
                .inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + port,
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "millrace-worker",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        TimedContext.LOG,
                        "DISABLE_SIGNAL_HANDLERS",
                        "true",
                        "MILLRACE_REDIS_URL",
                        RedisServer.shared(RedisServer.Kind.PLAIN).uri(),
                        "MILLRACE_REDIS_PREFIX",
                        "bootstrap"));
        return builder.start();
    }

    /** What the platform looks for: an executable of this name at the root of the archive. */
    private Path unpack() throws IOException {
        URI archive = URI.create("jar:" + Path.of("target/lambda/function.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
            Path bootstrap = zip.getPath("/bootstrap");
            assertThat(Files.getPosixFilePermissions(bootstrap)).contains(PosixFilePermission.OTHERS_EXECUTE);
            Path unpacked = Files.copy(bootstrap, directory.resolve("bootstrap"));
            assertThat(unpacked.toFile().setExecutable(true)).isTrue();
            return unpacked;
        }
    }

    private HttpServer runtime() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(RUNTIME, this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (what.equals("next")) {
            next(exchange);
        } else {
            answers.add(what + " " + sent);
            exchange.sendResponseHeaders(202, -1);
        }
        exchange.close();
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "r-1");
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Deadline-Ms", "" + Instant.now().plus(left).toEpochMilli());
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
