package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of sources are those that real starts gave; CommandIT starts one. */
class OriginsTest {
    private static final String NAME = "millrace.worker.concurrency";
    private static final String VARIABLE = "MILLRACE_WORKER_CONCURRENCY";

    @ParameterizedTest
    @ValueSource(strings = {"cached:millrace-0.1.0.jar!/application.yaml", "Runtime Values", "BuildTime RunTime Fixed"})
    void whatTheProgramWasBuiltWithIsTheDefault(String source) {
        assertThat(origin(source, 90)).isEqualTo("default");
        assertThat(origin(source, 250)).isEqualTo("default");
    }

    @Test
    void settingThatNobodySetIsTheDefault() {
        assertThat(origin(new SmallRyeConfigBuilder().withDefaultValue(NAME, "1")))
                .isEqualTo("default");
        assertThat(origin("YamlConfigSource[source=jar:file:/a.jar!/application.yaml]", 250))
                .isEqualTo("default");
    }

    @Test
    void fileIsSaidByItsPath(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("my settings.properties"), NAME + "=3");
        PropertiesConfigSource source = new PropertiesConfigSource(file.toUri().toURL(), 260);
        assertThat(origin(new SmallRyeConfigBuilder().withSources(source))).isEqualTo("file " + file);
        assertThat(origin("YamlConfigSource[source=file:/etc/millrace/application.yaml]", 265))
                .isEqualTo("file /etc/millrace/application.yaml");
    }

    @Test
    void variableIsSaidByItsName() {
        assertThat(originInEnvironment(Map.of(VARIABLE, "3"))).isEqualTo("environment variable " + VARIABLE);
        assertThat(originInEnvironment(Map.of(NAME, "3"))).isEqualTo("environment variable " + NAME);
        assertThat(origin("environment variable CLUSTER_MAX_WORKERS", 299))
                .isEqualTo("environment variable CLUSTER_MAX_WORKERS");
    }

    @Test
    void optionIsToldFromASystemProperty() {
        assertThat(origin("SysPropConfigSource", 400)).isEqualTo("system property");
        System.setProperty(Settings.OPTION + NAME, "--workers");
        try {
            assertThat(origin("SysPropConfigSource", 400)).isEqualTo("command line --workers");
        } finally {
            System.clearProperty(Settings.OPTION + NAME);
        }
    }

    @Test
    void whatTheFrameworkFoundOutIsFromWhoSetIt() {
        ConfigSource found = source("ValueRegistryConfigSource", Integer.MAX_VALUE - 10);
        assertThat(originInEnvironment(Map.of(VARIABLE, "0"), found)).isEqualTo("environment variable " + VARIABLE);
        assertThat(origin(new SmallRyeConfigBuilder().withSources(found))).isEqualTo("default");
    }

    @Test
    void otherSourcesSayTheirOwnName() {
        assertThat(origin("consul", 270)).isEqualTo("consul");
    }

    private static String origin(String source, int ordinal) {
        return origin(new SmallRyeConfigBuilder().withSources(source(source, ordinal)));
    }

    private static ConfigSource source(String name, int ordinal) {
        return new MapBackedConfigSource(name, Map.of(NAME, "9"), ordinal) {};
    }

    private static String origin(SmallRyeConfigBuilder builder) {
        return origin(builder, Map.of());
    }

    private static String originInEnvironment(Map<String, String> variables, ConfigSource... more) {
        return origin(
                new SmallRyeConfigBuilder()
                        .withSources(new EnvConfigSource(variables, 300))
                        .withSources(more),
                variables);
    }

    private static String origin(SmallRyeConfigBuilder builder, Map<String, String> variables) {
        SmallRyeConfig config = builder.build();
        return new Origins(config, variables).of(config.getConfigValue(NAME));
    }
}
