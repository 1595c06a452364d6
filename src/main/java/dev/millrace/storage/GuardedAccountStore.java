package dev.millrace.storage;

import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.AccountStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What nodes tell of destinations, behind the breaker. */
@ApplicationScoped
class GuardedAccountStore implements AccountStore {
    private final AccountStore raw;
    private final StoreCalls calls;

    GuardedAccountStore(OpenStorage storage, StoreCalls calls) {
        this.raw = storage.raw().accounts();
        this.calls = calls;
    }

    @Override
    public void tell(String destination, Account account) {
        calls.run("account-tell", () -> raw.tell(destination, account));
    }

    @Override
    public Map<String, List<Account>> of(Collection<String> destinations, Instant since) {
        return calls.call("account-list", () -> raw.of(destinations, since));
    }
}
