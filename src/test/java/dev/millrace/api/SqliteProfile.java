package dev.millrace.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A server on a SQLite file in a directory of its own. */
public class SqliteProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            return Map.of(
                    "millrace.store",
                    "sqlite",
                    "millrace.data",
                    Files.createTempDirectory("millrace-api-").toString(),
                    "millrace.metrics.label",
                    "shop",
                    "millrace.retention.expired.count",
                    "50000");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
