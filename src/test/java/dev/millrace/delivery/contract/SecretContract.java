package dev.millrace.delivery.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.destination.Vault;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.push.Letter;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How signing secrets lie in the store. */
public interface SecretContract extends DestinationStoreContract {
    String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static String key(int seed) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) seed);
        return Base64.getEncoder().encodeToString(key);
    }

    private Destinations with(String... keys) {
        return new Destinations(destinations(), List.of(), new Vault(List.of(keys)));
    }

    private Destination signed(String name) {
        Destination plain = plain(name);
        Wire wire = new Wire(Letter.Format.BINARY, List.of(SECRET), null);
        return new Destination(
                plain.name(),
                plain.backends(),
                plain.balance(),
                null,
                plain.limits(),
                null,
                plain.breaker(),
                null,
                wire,
                false,
                0);
    }

    private String kept(String name) {
        return mine().stream()
                .filter(destination -> destination.name().equals(own(name)))
                .findFirst()
                .orElseThrow()
                .wire()
                .secrets()
                .getFirst();
    }

    @Test
    default void secretIsKeptEncryptedAndOpenedWithTheKey() {
        with(key(1)).put(signed("one"), DestinationStore.ANY);
        assertThat(kept("one")).startsWith("sealed:").doesNotContain("MfKQ9r8G");
        assertThat(with(key(1)).find(own("one")).orElseThrow().wire().secrets()).containsExactly(SECRET);
        assertThat(with(key(1)).find(own("one")).orElseThrow().wire().locked()).isFalse();
    }

    @Test
    default void anotherKeyDoesNotOpenItAndAllOfAListDo() {
        with(key(1)).put(signed("one"), DestinationStore.ANY);
        for (Destinations stranger : List.of(with(), with(key(2)))) {
            Destination locked = stranger.find(own("one")).orElseThrow();
            assertThat(locked.wire().locked()).isTrue();
            assertThat(locked.wire().secrets()).doesNotContain(SECRET);
            assertThat(stranger.locked()).isPositive();
        }
        assertThat(with(key(2), key(1)).find(own("one")).orElseThrow().wire().secrets())
                .containsExactly(SECRET);
    }

    @Test
    default void changedKeysAndPlainSecretsAreSeenToAtTheStart() {
        with(key(1)).put(signed("old"), DestinationStore.ANY);
        with().put(signed("plain"), DestinationStore.ANY);
        assertThat(kept("plain")).isEqualTo(SECRET);
        assertThat(with().plain()).isPositive();
        with(key(2), key(1)).lockSecrets();
        for (String name : List.of("old", "plain")) {
            assertThat(with(key(2)).find(own(name)).orElseThrow().wire().secrets())
                    .as(name)
                    .containsExactly(SECRET);
        }
    }

    @Test
    default void secretOfOneDestinationIsNoneOfAnother() {
        with(key(1)).put(signed("one"), DestinationStore.ANY);
        Destination thief = signed("two");
        Wire stolen = new Wire(Letter.Format.BINARY, List.of(kept("one")), null);
        destinations()
                .put(
                        new Destination(
                                thief.name(),
                                thief.backends(),
                                thief.balance(),
                                null,
                                thief.limits(),
                                null,
                                thief.breaker(),
                                null,
                                stolen,
                                false,
                                0),
                        DestinationStore.ANY);
        assertThat(with(key(1)).find(own("two")).orElseThrow().wire().locked()).isTrue();
    }
}
