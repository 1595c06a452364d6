package dev.millrace.delivery.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How nodes tell each other of destinations. */
public interface AccountStoreContract extends StoreFixture {
    default AccountStore accounts() {
        return storage().accounts();
    }

    private static Account account(String node, Instant at, long answered) {
        RouteView.Figures figures = new RouteView.Figures(
                3, answered, 2, new Spread(77, Collections.nCopies(Spread.POINTS, 12_345_678L)), 1.5);
        return new Account(
                node,
                at,
                new RouteView(
                        "half-open",
                        4,
                        5,
                        6,
                        List.of(
                                new RouteView.BackendView(
                                        new Backend("http://a.example/", 3, true), false, true, "open", figures),
                                new RouteView.BackendView(
                                        new Backend("http://b.example/", 1, false),
                                        true,
                                        false,
                                        "closed",
                                        new RouteView.Figures(0, 0, 0, Spread.NONE, 1))),
                        List.of(
                                new RouteView.Trouble(at, "http://a.example/", "answered 500", null),
                                new RouteView.Trouble(at, "http://a.example/", "could not be reached", "REFUSED"))));
    }

    @Test
    default void accountComesBackAsItIs() {
        Account told = account("node-1", now(), 40);
        accounts().tell(own("hooks"), told);
        assertThat(accounts().of(own("hooks"), now())).containsExactly(told);
        assertThat(accounts().of(own("other"), now())).isEmpty();
    }

    @Test
    default void latestAccountOfEachNodeCounts() {
        accounts().tell(own("hooks"), account("node-2", now(), 1));
        accounts().tell(own("hooks"), account("node-1", now(), 1));
        Account latest = account("node-2", now().plusSeconds(2), 9);
        accounts().tell(own("hooks"), latest);
        assertThat(accounts().of(own("hooks"), now())).containsExactly(account("node-1", now(), 1), latest);
    }

    @Test
    default void nodeThatSaidNothingLatelyIsForgotten() {
        accounts().tell(own("hooks"), account("node-1", now(), 1));
        accounts().tell(own("hooks"), account("node-2", now().plusSeconds(60), 1));
        assertThat(accounts().of(own("hooks"), now().plusSeconds(1)))
                .extracting(Account::node)
                .containsExactly("node-2");
        assertThat(accounts().of(own("hooks"), now())).extracting(Account::node).containsExactly("node-2");
    }

    @Test
    default void severalDestinationsAreReadAtOnce() {
        Account lately = account("node-2", now().plusSeconds(60), 7);
        accounts().tell(own("hooks"), account("node-1", now(), 1));
        accounts().tell(own("hooks"), lately);
        accounts().tell(own("mails"), lately);
        assertThat(accounts().of(List.of(own("hooks"), own("mails"), own("other")), now().plusSeconds(1)))
                .isEqualTo(
                        Map.of(own("hooks"), List.of(lately), own("mails"), List.of(lately), own("other"), List.of()));
    }
}
