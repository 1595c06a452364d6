package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.access.AccessConfig;
import dev.millrace.access.KeptSecrets;
import dev.millrace.access.Role;
import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooksTest {
    @TempDir
    Path directory;

    private static final String EXAMPLE = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    @Test
    void keyFromTheDocumentationSharedSecretsAndNoAdminAreFound() {
        assertThat(codes(Map.of())).containsExactly("keys-none");
        assertThat(codes(Map.of("ops", key(EXAMPLE, Role.ADMIN)))).containsExactly("key-example");
        assertThat(codes(Map.of("a", key("00", Role.ADMIN), "b", key("00", Role.WORKER))))
                .containsExactly("keys-same-secret");
        assertThat(codes(Map.of("a", key("00", Role.WORKER)))).containsExactly("keys-no-admin");
        assertThat(codes(Map.of("a", key("00", Role.ADMIN)))).isEmpty();
    }

    @Test
    void plainAndLockedSecretsAreFound() {
        assertThat(secrets(0, 0)).isEmpty();
        assertThat(secrets(1, 0)).containsExactly("secrets-plain");
        assertThat(secrets(1, 2)).containsExactly("secrets-locked", "secrets-plain");
    }

    private static List<String> secrets(int plain, int locked) {
        KeptSecrets kept = new KeptSecrets() {
            @Override
            public int plain() {
                return plain;
            }

            @Override
            public int locked() {
                return locked;
            }
        };
        return new SecretLook(List.of(kept))
                .findings().stream().map(Finding::code).toList();
    }

    @Test
    void fileWithSecretsThatOthersCanReadIsFound() throws IOException {
        Path file = Files.createFile(directory.resolve("application.yaml"));
        FileLook look = new FileLook(Map.of(file.toString(), List.of("millrace.redis.url"), "/nowhere", List.of("x")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(look.findings()).isEmpty();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(look.findings()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo("file-open");
            assertThat(found.sentence())
                    .contains(file.toString(), "millrace.redis.url", "Others than its owner", "chmod 600, owned by");
        });
    }

    @Test
    void notesAloneAreWell() {
        Finding note = new Finding(Severity.NOTE, "keys", "keys-none", "");
        Finding warning = new Finding(Severity.WARNING, "nodes", "node-missing", "");
        assertThat(new Diagnosis(List.of(), List.of(note)).isWell()).isTrue();
        assertThat(new Diagnosis(List.of(), List.of(warning, note)).isWell()).isFalse();
    }

    @Test
    void secretsAreMasked() {
        assertThat(Settings.shown("millrace.redis.url", "redis://user:p4ss@h:6379,redis://:x@i"))
                .isEqualTo("redis://***@h:6379,redis://***@i");
        assertThat(Settings.shown("millrace.access.keys.ops.hash", EXAMPLE)).isEqualTo("***");
        assertThat(Settings.shown("millrace.delivery.signing-secret", "s")).isEqualTo("***");
        assertThat(Settings.shown("millrace.pools.mail.kick-key", "mrk_kick")).isEqualTo("***");
        assertThat(Settings.shown("quarkus.tls.a.key-store.p12.password", "s")).isEqualTo("***");
        assertThat(Settings.shown("quarkus.tls.a.key-store.pem.passphrase", "s"))
                .isEqualTo("***");
        assertThat(Settings.shown("millrace.access.keys.ops.roles", "operator")).isEqualTo("operator");
        assertThat(Settings.shown("millrace.data", "/var/lib")).isEqualTo("/var/lib");
    }

    @Test
    void ofSettingsThatAreTheFrameworksOwnTheValueIsMasked() {
        Settings settings = new Settings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "quarkus.otel.exporter.otlp.headers", "Authorization: Bearer x",
                                "millrace.delivery.signing-secret", "p",
                                "quarkus.http.port", "8081",
                                "millrace.data", "/var/lib"),
                        "/etc/millrace.properties",
                        300))
                .build());

        assertThat(settings.list())
                .extracting(Setting::name, Setting::value, Setting::source)
                .containsExactly(
                        tuple("millrace.data", "/var/lib", "file /etc/millrace.properties"),
                        tuple("millrace.delivery.signing-secret", "***", "file /etc/millrace.properties"),
                        tuple("quarkus.http.port", "8081", "file /etc/millrace.properties"),
                        tuple("quarkus.otel.exporter.otlp.headers", "***", "file /etc/millrace.properties"));
        assertThat(settings.secretsByFile())
                .as("only what is known to be one")
                .isEqualTo(Map.of("/etc/millrace.properties", List.of("millrace.delivery.signing-secret")));
    }

    @Test
    void variableThatMeansNothingIsFoundWithTheOneThatWasMeant() {
        assertThat(look(Map.of("MILLRACE_WORKER_CONCURENCY", "9", "PATH", "/bin")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.code()).isEqualTo("unknown-variable");
                    assertThat(found.sentence())
                            .contains("MILLRACE_WORKER_CONCURENCY", "Did you mean MILLRACE_WORKER_CONCURRENCY?");
                });
        assertThat(look(Map.of("MILLRACE_COLOUR_OF_THE_BUTTONS", "red")))
                .singleElement()
                .satisfies(found -> assertThat(found.sentence()).contains("docs/configuration.md"));
    }

    @Test
    void variablesThatMeanSomethingAndThoseOfPlatformsAreFine() {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of(
                "MILLRACE_KEY",
                "MILLRACE_REDIS_URL",
                "MILLRACE_WORKER_CPU_THREADS",
                "MILLRACE_WORKER_QUEUES_0_",
                "MILLRACE_POOLS_DEFAULT_KICK_URL",
                "MILLRACE_ACCESS_KEYS_TEAM1_ROLES",
                "MILLRACE_ACCESS_KEYS_TEAM1_QUEUES_0_",
                "MILLRACE_PORT",
                "MILLRACE_PORT_8080_TCP_ADDR",
                "MILLRACE_API_SERVICE_HOST",
                "MILLRACE_SERVICE_PORT_HTTP")) {
            environment.put(name, "x");
        }
        assertThat(look(environment)).isEmpty();
    }

    @Test
    void variableWhoseNameCannotBeToldApartIsFoundUnlessAFileHasIt() {
        Map<String, String> environment = Map.of("MILLRACE_ACCESS_KEYS_MY_TEAM_ROLES", "admin");
        assertThat(look(environment))
                .singleElement()
                .satisfies(found -> assertThat(found.sentence())
                        .contains("MILLRACE_ACCESS_KEYS_MY_TEAM_ROLES sets nothing", "put the setting into a file"));
        assertThat(look(environment, Map.of("millrace.access.keys.my-team.roles", "viewer")))
                .isEmpty();
        assertThat(look(Map.of(), Map.of("millrace.access.keys.\"my.team\".roles", "viewer")))
                .isEmpty();
    }

    private static List<Finding> look(Map<String, String> environment) {
        return look(environment, Map.of());
    }

    /** What is said of an environment, beside a file. */
    private static List<Finding> look(Map<String, String> environment, Map<String, String> file) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(file, "file", 260))
                .build();
        return new SettingLook(environment, new Settings(config).names()).findings();
    }

    @Test
    void everySettingOfThePageIsKnownAsAVariable() throws IOException {
        assertThat(SettingNames.ALL)
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("^\\| `(millrace\\.[^`]*)` \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("docs/configuration.md")))
                        .results()
                        .map(row -> row.group(1).replace(".ID.", ".*."))
                        .toList());
    }

    private static List<String> codes(Map<String, AccessConfig.Key> keys) {
        return new KeyLook(() -> keys).findings().stream().map(Finding::code).toList();
    }

    private static AccessConfig.Key key(String hash, Role role) {
        return new AccessConfig.Key() {
            @Override
            public String hash() {
                return hash;
            }

            @Override
            public Set<Role> roles() {
                return Set.of(role);
            }

            @Override
            public Optional<Set<String>> queues() {
                return Optional.empty();
            }
        };
    }
}
