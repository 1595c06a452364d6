package dev.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void serverOfAKindIsSharedAndAnswers() {
        RedisServer redis = RedisServer.shared(Kind.PLAIN);

        assertThat(RedisServer.shared(Kind.PLAIN)).isSameAs(redis);
        assertThat(redis.command("PING")).isEqualTo("+PONG\r\n");
        assertThat(redis.command("CONFIG", "GET", "appendfsync")).contains("everysec");
    }

    @Test
    void clusterOfOneNodeOwnsAllSlots() {
        try (RedisServer redis = RedisServer.start(Kind.CLUSTER)) {
            assertThat(redis.command("CLUSTER", "INFO")).contains("cluster_slots_ok:16384");
            assertThat(redis.command("MSET", "a", "1", "b", "2")).startsWith("-CROSSSLOT");
        }
    }

    @Test
    void killedServerComesBackWithWhatItHadWritten() {
        try (RedisServer redis = RedisServer.start(Kind.ALWAYS)) {
            assertThat(redis.command("SET", "a", "1")).isEqualTo("+OK\r\n");
            redis.restart();
            assertThat(redis.command("GET", "a")).isEqualTo("$1\r\n1\r\n");
        }
    }

    @Test
    void furtherOptionsArePassedOn() {
        try (RedisServer redis = RedisServer.start(Kind.VOLATILE, "--maxmemory", "8mb")) {
            assertThat(redis.command("CONFIG", "GET", "maxmemory")).contains("8388608");
        }
    }
}
