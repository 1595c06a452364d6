package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTokensTest {
    private final LeaseTokens tokens = new LeaseTokens(new StoreSecret(new byte[32]));
    private final BatchId batch = BatchId.make(Instant.parse("2026-11-21T10:00:00Z"), 77, new Random(7));

    @Test
    void aTokenComesBackAsItWentForEveryIndexOfABatch() {
        for (int index = 0; index < BatchId.LIMIT; index++) {
            LeaseToken token = new LeaseToken(batch.at(index), 3 + index);
            String wire = tokens.encode(token);
            assertThat(wire).matches("[A-Za-z0-9_-]{40}");
            assertThat(tokens.decode(wire)).isEqualTo(token);
        }
    }

    @Test
    void aTokenWithAnyCharacterChangedWasNeverGiven() {
        String wire = tokens.encode(new LeaseToken(batch.at(9), 1));
        for (int i = 0; i < wire.length(); i++) {
            char other = wire.charAt(i) == 'A' ? 'B' : 'A';
            assertNeverGiven(tokens, wire.substring(0, i) + other + wire.substring(i + 1));
        }
    }

    @Test
    void aTokenOfAnotherStoreOrOfNoFormWasNeverGiven() {
        byte[] secret = new byte[32];
        secret[0] = 1;
        assertNeverGiven(new LeaseTokens(new StoreSecret(secret)), tokens.encode(new LeaseToken(batch.at(0), 1)));
        assertNeverGiven(tokens, "");
        assertNeverGiven(tokens, "not a token!");
        assertNeverGiven(tokens, "A".repeat(4000));
    }

    private static void assertNeverGiven(LeaseTokens tokens, String wire) {
        assertThatThrownBy(() -> tokens.decode(wire))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_NOT_FOUND));
    }
}
