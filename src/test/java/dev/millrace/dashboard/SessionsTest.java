package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.StoreSecret;
import dev.millrace.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final FakeClock clock = new FakeClock();

    private Sessions sessions(String hash) {
        return new Sessions(new StoreSecret(new byte[32]), UsersTest.users(hash), clock);
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        Sessions sessions = sessions(UsersTest.HASH);
        String token = sessions.begin("ada");
        assertThat(sessions.visitor(token)).map(Visitor::name).contains("ada");
        clock.tick(Duration.ofHours(12).minusSeconds(1));
        assertThat(sessions.visitor(token)).isPresent();
        clock.tick(Duration.ofSeconds(1));
        assertThat(sessions.visitor(token)).isEmpty();
    }

    @Test
    void aSessionEndsWithThePasswordAndWithTheUser() {
        String token = sessions(UsersTest.HASH).begin("ada");
        String other = UsersTest.HASH.substring(0, UsersTest.HASH.length() - 1) + "0";
        assertThat(sessions(other).visitor(token)).isEmpty();
        assertThat(sessions(UsersTest.HASH).visitor(sessions(UsersTest.HASH).begin("eve")))
                .isEmpty();
    }

    @Test
    void anotherStoreKnowsNothingOfIt() {
        byte[] secret = new byte[32];
        secret[0] = 1;
        String token = sessions(UsersTest.HASH).begin("ada");
        assertThat(new Sessions(new StoreSecret(secret), UsersTest.users(UsersTest.HASH), clock).visitor(token))
                .isEmpty();
    }
}
