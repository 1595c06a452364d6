package dev.millrace.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cluster.SharedStore;
import dev.millrace.role.RoleConfig;
import dev.millrace.task.MillraceException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final SharedStore REDIS = new SharedStore(true);
    private static final SharedStore SQLITE = new SharedStore(false);

    private static Pools pools(SharedStore store, Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(PoolsConfig.class)
                .withMapping(RoleConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        return new Pools(config.getConfigMapping(PoolsConfig.class), config.getConfigMapping(RoleConfig.class), store);
    }

    private static void assertRefused(SharedStore store, Map<String, String> settings, String... sentence) {
        assertThatThrownBy(() -> pools(store, settings))
                .isInstanceOf(MillraceException.class)
                .hasMessageContainingAll(sentence);
    }

    @Test
    void withoutConfigurationThereIsOneOfAllQueues() {
        Pools pools = pools(SQLITE, Map.of());
        assertThat(pools.all()).singleElement().isEqualTo(pools.of("any"));
        assertThat(pools.of("any").name()).isEqualTo("default");
    }

    @Test
    void queueBelongsToThePoolThatNamesItElseToTheOneThatNamesNone() {
        Map<String, String> mail = Map.of("millrace.pools.mail.queues", "mail,receipts");
        Pools one = pools(REDIS, mail);
        assertThat(one.of("receipts").name()).isEqualTo("mail");
        assertThat(one.of("video")).isNull();
        Map<String, String> both = Map.of(
                "millrace.pools.mail.queues", "mail", "millrace.pools.rest.kick-url", "http://rest/api/v1/drain");
        assertThat(pools(REDIS, both).of("video").name()).isEqualTo("rest");
    }

    @Test
    void poolsThatCannotBeAreRefusedByName() {
        assertRefused(REDIS, Map.of("millrace.pools.a.queues", "q", "millrace.pools.b.queues", "q"), "pools.b", "q");
        assertRefused(REDIS, Map.of("millrace.pools.a.target", "1", "millrace.pools.b.target", "1"), "pools.b");
        assertRefused(REDIS, Map.of("millrace.pools.a.target", "0"), "pools.a", "target");
        assertRefused(REDIS, Map.of("millrace.pools.a.max-workers", "0"), "max-workers");
        assertRefused(REDIS, Map.of("millrace.pools.a.min-workers", "11"), "min-workers");
        assertRefused(REDIS, Map.of("millrace.pools.a.kick-url", "ftp://worker/"), "http://");
        assertRefused(REDIS, Map.of("millrace.pools.a.cold-start", "PT1H"), "cold-start");
        assertRefused(REDIS, Map.of("millrace.pools.A_b.target", "1"), "a-z");
    }

    @Test
    void workersInProcessesOfTheirOwnAreRefusedOnSqlite() {
        assertRefused(SQLITE, Map.of("millrace.pools.a.processes", "true"), "pools.a", "SQLite", "millrace.redis.url");
        Map<String, String> elsewhere =
                Map.of("millrace.pools.a.kick-url", "http://w/api/v1/drain", "millrace.role.worker", "false");
        assertRefused(SQLITE, elsewhere, "pools.a", "SQLite");
        assertThat(pools(REDIS, elsewhere).all()).hasSize(1);
        assertThat(pools(SQLITE, Map.of("millrace.pools.a.kick-url", "http://w/api/v1/drain"))
                        .all())
                .hasSize(1);
    }

    @Test
    void workersWantedAreTheDemandOverTheTargetWithinTheBounds() {
        Pool.Size size = new Pool.Size(10, 1, 5);
        assertThat(size.workers(0)).isEqualTo(1);
        assertThat(size.workers(11)).isEqualTo(2);
        assertThat(size.workers(Long.MAX_VALUE)).isEqualTo(5);
    }

    @Test
    void slowerStartCountsAtOnceAndAQuickerOneByHalf() {
        Pool pool = pools(SQLITE, Map.of()).all().getFirst();
        ColdStarts starts = new ColdStarts();
        assertThat(starts.of(pool)).hasSeconds(2);
        starts.note(pool, java.time.Duration.ofSeconds(1));
        assertThat(starts.of(pool)).hasSeconds(1);
        starts.note(pool, java.time.Duration.ofSeconds(9));
        starts.note(pool, java.time.Duration.ofSeconds(5));
        assertThat(starts.of(pool)).hasSeconds(7);
    }

    @Test
    void workerProcessIsToldWhatThisOneWasToldExceptWhatItDoes() {
        Properties told = new Properties();
        told.setProperty("millrace.redis.url", "redis://h:1");
        told.setProperty("quarkus.config.locations", "file:/x.yaml");
        told.setProperty("millrace.role.worker", "false");
        told.setProperty("quarkus.http.port", "80");
        Map<String, String> environment = new java.util.HashMap<>();
        WorkerProcess.addSettings(environment, told);
        assertThat(environment)
                .isEqualTo(Map.of("MILLRACE_REDIS_URL", "redis://h:1", "QUARKUS_CONFIG_LOCATIONS", "file:/x.yaml"));
    }

    @Test
    void sweepThatIsTooSeldomOrTooOftenIsRefused() {
        for (Duration sweep : List.of(Duration.ofMillis(99), Duration.ofMinutes(11), Duration.ZERO)) {
            assertThatThrownBy(() -> new KickPools(null, () -> sweep))
                    .hasMessage("millrace.kicks.sweep must be PT0.1S to PT10M.");
        }
        assertThat(new KickPools(null, () -> Duration.ofSeconds(1)).interval()).isEqualTo(Duration.ofSeconds(1));
    }
}
