package dev.millrace.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the template names, as Lambda unpacks it and calls it. */
class FunctionZipIT {
    private static final Path TEMPLATE = Path.of("deploy/aws-lambda/template.yaml");
    private static final Path TESTS = Path.of("target/lambda/test-classes");
    /** Of what Lambda unpacks. */
    private static final long LARGEST = 250L << 20;

    @TempDir
    Path directory;

    @Test
    void handlerOfTheTemplateRunsTasks() throws Exception {
        Path task = unpack();
        RedisServer redis = RedisServer.shared(RedisServer.Kind.PLAIN);

        Ran ran = invoke(task, Map.of("MILLRACE_REDIS_URL", redis.uri(), "MILLRACE_REDIS_PREFIX", "zip"));

        assertThat(ran.said()).contains("{\"done\":0,\"more\":false}").doesNotContain("Exception", "WARN");
        assertThat(ran.code()).isZero();
    }

    @Test
    void sqliteIsRefusedWithASentenceAndLeavesNothing() throws Exception {
        Path task = unpack();

        Ran ran = invoke(task, Map.of());

        assertThat(ran.said()).contains("On AWS Lambda tasks are kept in Redis: set millrace.redis.url");
        assertThat(ran.code()).isNotZero();
        assertThat(task.resolve("data")).doesNotExist();
    }

    private record Ran(int code, String said) {}

    private Path unpack() throws IOException {
        Path archive = TEMPLATE.getParent().resolve(found("CodeUri: (\\S+)")).normalize();
        Path task = directory.resolve("task");
        long size = 0;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = task.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        size += Files.copy(in, file);
                    }
                }
            }
        }
        assertThat(size).isLessThan(LARGEST);
        return task;
    }

    /** In the template. */
    private static String found(String what) throws IOException {
        Matcher found = Pattern.compile(what).matcher(Files.readString(TEMPLATE));
        assertThat(found.find()).as(what).isTrue();
        return found.group(1);
    }

    private Ran invoke(Path task, Map<String, String> environment) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                task + File.pathSeparator + task.resolve("lib") + "/*" + File.pathSeparator + TESTS.toAbsolutePath(),
                Invoked.class.getName(),
                found("(io\\.quarkus\\.\\S+::handleRequest)"),
                Samples.SCHEDULED));
        Path said = directory.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(MILLRACE|REDIS|QUARKUS)_.*"));
        builder.environment().put("JAVA_TOOL_OPTIONS", found("JAVA_TOOL_OPTIONS: (.+)"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }
}
