package dev.millrace.delivery.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.storage.sqlite.OpenSqlite;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredDestinationsTest {
    private static final String BACKENDS = "millrace.destinations.hooks.backends";

    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    private static List<Destination> configured(Map<String, String> settings) {
        DestinationsConfig config = new SmallRyeConfigBuilder()
                .withMapping(DestinationsConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DestinationsConfig.class);
        AddressGuard guard = new AddressGuard(List.of(), true);
        return new ConfiguredDestinations(config, new Targets(guard, List.of("1024-65535"))).all();
    }

    @Test
    void settingsBecomeDestinations() {
        Destination hooks = configured(Map.of(
                        BACKENDS,
                        "http://127.0.0.1:9009/,http://127.0.0.1:9010/",
                        "millrace.destinations.hooks.balance",
                        "least-response-time",
                        "millrace.destinations.hooks.sticky",
                        "label:tenant"))
                .getFirst();
        assertThat(hooks.name()).isEqualTo("hooks");
        assertThat(hooks.backends()).hasSize(2);
        assertThat(hooks.balance()).isEqualTo(Balance.LEAST_RESPONSE_TIME);
        assertThat(hooks.sticky()).isEqualTo("tenant");
        assertThat(hooks.configured()).isTrue();
    }

    @Test
    void weightFollowsTheUrl() {
        String backends = "http://127.0.0.1:9009/ 3, http://127.0.0.1:9010/,http://127.0.0.1:9011/  1000";
        assertThat(configured(Map.of(BACKENDS, backends)).getFirst().backends())
                .containsExactly(
                        new Backend("http://127.0.0.1:9009/", 3, false),
                        new Backend("http://127.0.0.1:9010/", 1, false),
                        new Backend("http://127.0.0.1:9011/", 1000, false));
    }

    @ParameterizedTest
    @CsvSource({
        "concurrency,0",
        "rate,0",
        "timeout,PT0S",
        "sticky,tenant",
        "health-path,healthz",
        "signing-secrets,whsec_!",
        "backends,http://169.254.169.254:8000/",
        "backends,http://127.0.0.1:9009/ 0",
        "backends,http://127.0.0.1:9009/ 1001",
        "backends,http://127.0.0.1:9009/ 2 3",
        "backends,'http://127.0.0.1:9009/ 2,http://127.0.0.1:9009/'"
    })
    void whatIsWrongIsNamedByItsKey(String key, String value) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of(BACKENDS, "http://127.0.0.1:9009/"));
        settings.put("millrace.destinations.hooks." + key, value);
        assertThatThrownBy(() -> configured(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.destinations.hooks." + key);
    }

    @Test
    void theyAreSetOnceAndAgainAfterSomeoneChangedThem() {
        List<Destination> wanted = configured(Map.of(BACKENDS, "http://127.0.0.1:9009/"));
        DestinationStore store = SQLITE.storage().destinations();
        Destinations destinations = new Destinations(store, wanted, Vault.NONE);
        destinations.applyConfiguration();
        long first = destinations.revision();
        destinations.applyConfiguration();
        assertThat(destinations.revision()).isEqualTo(first);
        destinations.change("hooks", before -> before.withBackends(List.of(new Backend("http://b/", 1, false))));
        destinations.applyConfiguration();
        assertThat(destinations.find("hooks").orElseThrow().withVersion(0)).isEqualTo(wanted.getFirst());
    }
}
