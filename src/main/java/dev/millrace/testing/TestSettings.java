package dev.millrace.testing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What a test wants, where {@code millrace.testing} is set: a store that is gone afterwards, and nothing that happens by
 * itself. Weaker than the application's own settings.
 */
public final class TestSettings implements ConfigSourceFactory {
    /** The setting that makes an application's test one of its tasks as well. */
    public static final String SWITCH = "millrace.testing";

    private static final int BELOW_THE_APPLICATION = 200;
    private static final List<String> FILES =
            List.of("millrace.db", "millrace.db-wal", "millrace.db-shm", "millrace.lock");

    /** Once for each start of the application, which has a class loader of its own. */
    private static final class Store {
        private static final String DIRECTORY = directory();

        private static String directory() {
            String name = "millrace-test-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
            File directory = new File(System.getProperty("java.io.tmpdir"), name);
            directory.deleteOnExit();
            FILES.forEach(file -> new File(directory, file).deleteOnExit());
            return directory.getPath();
        }
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue on = context.getValue(SWITCH);
        if (on == null || !Boolean.parseBoolean(on.getValue())) {
            return List.of();
        }
        Map<String, String> settings = Map.of(
                "millrace.store", "sqlite",
                "millrace.data", Store.DIRECTORY,
                "millrace.sqlite.synchronous", "normal",
                "millrace.worker.on-demand", "true",
                "millrace.role.scheduler", "false");
        return List.of(new PropertiesConfigSource(settings, SWITCH, BELOW_THE_APPLICATION));
    }
}
