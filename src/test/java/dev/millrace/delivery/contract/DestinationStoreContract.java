package dev.millrace.delivery.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.DestinationStore.Written;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.delivery.push.Letter;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How destinations are kept. */
public interface DestinationStoreContract extends StoreFixture {
    default DestinationStore destinations() {
        return storage().destinations();
    }

    default Destination plain(String name) {
        return Destination.to(own(name), "http://127.0.0.1:8001/");
    }

    default List<Destination> mine() {
        return destinations().list().stream()
                .filter(destination -> destination.name().endsWith(queue()))
                .toList();
    }

    static long done(Written written) {
        assertThat(written).isInstanceOf(Written.Done.class);
        return ((Written.Done) written).version();
    }

    @Test
    default void destinationComesBackAsItIs() {
        Destination full = new Destination(
                own("full"),
                List.of(new Backend("https://a.example/in?x=1", 3, false), new Backend("https://b.example/", 1, true)),
                Balance.ADAPTIVE,
                "tenant",
                new Limits(Duration.ofMillis(1500), 7, 100),
                new HealthCheck("/healthz", Duration.ofSeconds(5), Duration.ofSeconds(1)),
                new BreakerPolicy(2, Duration.ofSeconds(7), Duration.ofMillis(300), 9),
                "other",
                new Wire(Letter.Format.STRUCTURED, List.of("whsec_new", "whsec_old"), "partner"),
                true,
                0);
        long version = done(destinations().put(full, DestinationStore.NONE));

        assertThat(mine()).containsExactly(full.withVersion(version));
    }

    @Test
    default void destinationsAreListedByName() {
        destinations().put(plain("b"), DestinationStore.ANY);
        destinations().put(plain("a"), DestinationStore.ANY);

        assertThat(mine()).extracting(Destination::name).containsExactly(own("a"), own("b"));
    }

    @Test
    default void changeNeedsTheVersionThatIsThere() {
        long first = done(destinations().put(plain("a"), DestinationStore.NONE));
        assertThat(destinations().put(plain("a"), DestinationStore.NONE)).isInstanceOf(Written.Stale.class);
        long second = done(destinations().put(plain("a"), first));
        assertThat(second).isGreaterThan(first);
        assertThat(destinations().put(plain("a"), first)).isInstanceOf(Written.Stale.class);
        assertThat(destinations().put(plain("new"), first)).isInstanceOf(Written.Stale.class);
        assertThat(destinations().remove(own("a"), first)).isInstanceOf(Written.Stale.class);
        assertThat(mine()).extracting(Destination::version).containsExactly(second);
        done(destinations().put(plain("a"), DestinationStore.ANY));
    }

    @Test
    default void removedDestinationIsGone() {
        long version = done(destinations().put(plain("a"), DestinationStore.ANY));
        done(destinations().remove(own("a"), version));

        assertThat(mine()).isEmpty();
        assertThat(destinations().remove(own("a"), DestinationStore.ANY)).isInstanceOf(Written.NotFound.class);
        done(destinations().put(plain("a"), DestinationStore.NONE));
    }

    @Test
    default void everyChangeShowsInTheRevision() {
        long before = destinations().revision();
        done(destinations().put(plain("a"), DestinationStore.ANY));
        long added = destinations().revision();
        done(destinations().remove(own("a"), DestinationStore.ANY));

        assertThat(added).isGreaterThan(before);
        assertThat(destinations().revision()).isGreaterThan(added);
    }

    @Test
    default void secretsAreNeverShownByAccident() {
        Destination secret = new Destination(
                own("a"),
                List.of(),
                Balance.WEIGHTED,
                null,
                Limits.DEFAULT,
                null,
                BreakerPolicy.DEFAULT,
                null,
                new Wire(Letter.Format.BINARY, List.of("whsec_hidden"), null),
                false,
                0);

        assertThat(secret.toString()).doesNotContain("hidden");
    }
}
