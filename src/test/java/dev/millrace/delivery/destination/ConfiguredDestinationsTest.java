package dev.millrace.delivery.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.storage.sqlite.OpenSqlite;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredDestinationsTest {
    private static final String BACKENDS = "millrace.destinations.hooks.backends";

    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(BACKENDS, "http://127.0.0.1:9009/"));
        settings.put("millrace.destinations.hooks." + key, value);
        return settings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "health-check.interval|PT3S|.health-check.path is missing",
                "backends|http://169.254.169.254:8000/|.backends: http://169.254.169.254:8000/ must not be reached",
                "backends|http://127.0.0.1:9009/ 0|weight after http://127.0.0.1:9009/ must be a whole number from 1 to 1000",
                "backends|http://127.0.0.1:9009/ 1001|weight after http://127.0.0.1:9009/ must be a whole number",
                "backends|http://127.0.0.1:9009/ 2 3|come its weight and draining",
                "backends|http://127.0.0.1:9009/ gone|must be a whole number from 1 to 1000",
                "backends|http://127.0.0.1:9009/ 2,http://127.0.0.1:9009/|http://127.0.0.1:9009/ is there twice"
            })
    void whatIsWrongIsNamed(String key, String value, String sentence) {
        assertThatThrownBy(() -> Configured.destinations(with(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.destinations.hooks")
                .hasMessageContaining(sentence);
    }

    @Test
    void secretIsNeverSaid() {
        assertThatThrownBy(() -> Configured.destinations(with("signing-secret", "whsec_geheim!")))
                .hasMessageContaining("millrace.destinations.hooks.signing-secret")
                .hasMessageNotContaining("geheim");
    }

    /** Of the environment nothing that is unknown is refused: unsigned deliveries would be the first to tell. */
    @ParameterizedTest
    @CsvSource({
        "SIGNING_SECRETS, signing-secrets is now called millrace.destinations.hooks.signing-secret",
        "HEALTH_PATH, health-path is now called millrace.destinations.hooks.health-check.path"
    })
    void formerNamesAreRefusedInFilesAndInTheEnvironment(String variable, String sentence) {
        String key = variable.toLowerCase(Locale.ROOT).replace('_', '-');
        Map<String, String> environment = Map.of(
                "MILLRACE_DESTINATIONS_HOOKS_BACKENDS",
                "http://127.0.0.1:9009/",
                "MILLRACE_DESTINATIONS_HOOKS_" + variable,
                "geheim");
        List<ThrowingCallable> starts = List.of(
                () -> Configured.destinations(with(key, "geheim")), () -> Configured.ofEnvironment(environment));
        for (ThrowingCallable start : starts) {
            assertThatThrownBy(start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("millrace.destinations.hooks." + sentence);
        }
    }

    @Test
    void nameIsAsInARequest() {
        assertThatThrownBy(() ->
                        Configured.destinations(Map.of(BACKENDS.replace("hooks", "Hooks"), "http://127.0.0.1:9009/")))
                .hasMessage("millrace.destinations.Hooks must match ^[a-z0-9][a-z0-9._-]{0,62}$");
    }

    @Test
    void moreThan64BackendsAreRefused() {
        String backends = IntStream.range(0, 65)
                .mapToObj(i -> "http://127.0.0.1:" + (9000 + i) + "/")
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> Configured.destinations(with("backends", backends)))
                .hasMessage("millrace.destinations.hooks.backends must have 1 to 64 elements");
    }

    @Test
    void theyAreSetOnceAndAgainAfterSomeoneChangedThem() {
        List<Destination> wanted = Configured.destinations(Map.of(BACKENDS, "http://127.0.0.1:9009/"));
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
