package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A server on a Redis of its own, which tests may stop and fill. */
public class OutageProfile implements QuarkusTestProfile {
    /** Where tests find it: they run in another class loader than the profile, so no field is shared. */
    static final String PORT = "test.redis.port";

    static final String PID = "test.redis.pid";

    @Override
    public Map<String, String> getConfigOverrides() {
        // Asked more than once.
        if (System.getProperty(PORT) == null) {
            RedisServer redis = RedisServer.start(RedisServer.Kind.PLAIN);
            System.setProperty(PORT, Integer.toString(redis.port()));
            System.setProperty(PID, Long.toString(redis.pid()));
        }
        return Map.of(
                "millrace.store", "redis",
                "millrace.redis.url", "redis://127.0.0.1:" + System.getProperty(PORT),
                "millrace.redis.timeout", "PT2S");
    }

    /** Bytes. */
    public static long usedMemory() {
        try {
            Process info = new ProcessBuilder("redis-cli", "-p", System.getProperty(PORT), "info", "memory").start();
            return new String(info.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of Redis: bytes, or such as {@code 1mb}; 0 for no bound. */
    public static void maxMemory(String size) {
        run("redis-cli", "-p", System.getProperty(PORT), "config", "set", "maxmemory", size);
    }

    static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
