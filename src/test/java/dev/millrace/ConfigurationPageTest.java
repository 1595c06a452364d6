package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists what there is, and nothing else. */
class ConfigurationPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(millrace\\.[^`]*)` \\| (.*?) \\|", Pattern.MULTILINE);

    @Test
    void everySettingStandsOnThePageAndNoOther() throws IOException {
        assertThat(documented().keySet()).isEqualTo(new TreeSet<>(settings().keySet()));
    }

    @Test
    void defaultsAreThoseOfTheCode() throws IOException {
        Map<String, String> documented = documented();
        settings().forEach((key, value) -> {
            if (value != null) {
                assertThat(documented.get(key)).as(key).isEqualTo("`" + value + "`");
            }
        });
    }

    private static Map<String, String> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (a, b) -> a, TreeMap::new));
    }

    /** By key, with the default; null for none. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.millrace").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .forEach(type -> ConfigMappings.getProperties(ConfigClass.configClass(type))
                                .forEach((key, property) ->
                                        settings.put(key.replace(".*.", ".ID."), defaultOf(property))));
        settings.keySet().removeIf(key -> key.endsWith("[*]"));
        return settings;
    }

    private static String defaultOf(Property property) {
        return property.hasDefaultValue() ? property.getDefaultValue() : null;
    }
}
