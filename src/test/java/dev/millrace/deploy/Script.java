package dev.millrace.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that was run to its end. */
record Script(int code, String out, String err) {
    private static final long PATIENCE_SECONDS = 60;

    static Script run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    static Script run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("millrace-script-", ".out");
        Path err = Files.createTempFile("millrace-script-", ".err");
        List<String> words = new ArrayList<>(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(words + " does not end");
            }
            return new Script(process.exitValue(), text(out), text(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
