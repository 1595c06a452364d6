package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Node SELF =
            new Node("self", "self", "host", "1", Set.of("api"), NOW, new Node.Load(NOW, 0, 0, 1));

    private final RollCall rollCall = new RollCall("self", Duration.ofSeconds(5));

    @Test
    void listIsCompleteTwoHeartbeatsAfterItBegan() {
        assertThat(complete(100)).isFalse();
        beats(false, 100);
        assertThat(complete(109)).isFalse();
        beats(true, 105, 110);
        assertThat(complete(110)).isTrue();
    }

    @Test
    void listOfAStoreThatCameBackEmptyIsNot() {
        beats(false, 0);
        beats(true, 5, 10);
        assertThat(rollCall.isComplete(List.of(), NOW.plusSeconds(11))).isFalse();
        beats(false, 15);
        assertThat(complete(24)).isFalse();
        beats(true, 20, 25);
        assertThat(complete(25)).isTrue();
    }

    @Test
    void listAfterAnOutageIsNot() {
        beats(false, 0);
        beats(true, 5, 10, 60);
        assertThat(complete(69)).isFalse();
        beats(true, 65, 70);
        assertThat(complete(70)).isTrue();
    }

    private void beats(boolean known, int... seconds) {
        for (int second : seconds) {
            rollCall.beat(known, NOW.plusSeconds(second));
        }
    }

    private boolean complete(int second) {
        return rollCall.isComplete(List.of(SELF), NOW.plusSeconds(second));
    }
}
