package dev.millrace.delivery.route;

import dev.millrace.cluster.Self;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes tell each other of how destinations do. */
@Singleton
public class Accounts {
    /** A node that said nothing for this long is not asked about any more. */
    static final Duration HOLDS = Duration.ofSeconds(60);
    /** Told again by then though nothing changed. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Destinations told of at a time. */
    private static final int AT_ONCE = 100;

    private final AccountStore store;
    private final Routes routes;
    private final String self;
    private final InstantSource clock;
    private final Map<String, Account> told = new HashMap<>();
    private Iterator<String> turn = List.<String>of().iterator();
    private Instant lastTold = Instant.MIN;

    @Inject
    Accounts(AccountStore store, Routes routes, Self self, InstantSource clock) {
        this(store, routes, self.id(), clock);
    }

    Accounts(AccountStore store, Routes routes, String self, InstantSource clock) {
        this.store = store;
        this.routes = routes;
        this.self = self;
        this.clock = clock;
    }

    /** This node's as of now, the others' as of the last seconds. */
    public Overall of(String destination) {
        return of(List.of(destination)).get(destination);
    }

    /** The same of several destinations at once. */
    public Map<String, Overall> of(Collection<String> destinations) {
        Instant now = clock.instant();
        Map<String, Overall> all = new HashMap<>();
        store.of(destinations, now.minus(HOLDS))
                .forEach((destination, others) -> all.put(destination, of(destination, others, now)));
        return all;
    }

    private Overall of(String destination, List<Account> others, Instant now) {
        List<Account> nodes = new ArrayList<>(others);
        Optional<RouteView> own = routes.view(destination);
        nodes.removeIf(account -> account.node().equals(self));
        own.ifPresent(view -> nodes.add(new Account(self, now, view)));
        nodes.sort(java.util.Comparator.comparing(Account::node));
        return Overall.of(List.copyOf(nodes));
    }

    /** Tells what changed, once a second at most, of so many destinations at a time in turns; what did not change now and then. */
    void runOnce() {
        Instant now = clock.instant();
        if (!lastTold.isBefore(now.minus(PAUSE))) {
            return;
        }
        lastTold = now;
        if (!turn.hasNext()) {
            List<String> names = routes.names();
            told.keySet().retainAll(names);
            turn = names.iterator();
        }
        for (int n = 0; n < AT_ONCE && turn.hasNext(); n++) {
            String name = turn.next();
            routes.view(name).ifPresent(view -> tell(name, new Account(self, now, view)));
        }
    }

    private void tell(String name, Account account) {
        Account before = told.get(name);
        boolean due = before == null
                || !before.view().equals(account.view())
                || !before.at().plus(AGAIN).isAfter(account.at());
        if (due) {
            store.tell(name, account);
            told.put(name, account);
        }
    }
}
