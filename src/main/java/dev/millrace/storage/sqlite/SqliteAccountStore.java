package dev.millrace.storage.sqlite;

import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.AccountStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What nodes tell of destinations, in memory: the one process that has the file open is all the nodes there are. */
final class SqliteAccountStore implements AccountStore {
    private final Map<String, Map<String, Account>> accounts = new ConcurrentHashMap<>();

    @Override
    public void tell(String destination, Account account) {
        accounts.computeIfAbsent(destination, _ -> new ConcurrentHashMap<>()).put(account.node(), account);
    }

    @Override
    public Map<String, List<Account>> of(Collection<String> destinations, Instant since) {
        Map<String, List<Account>> found = new HashMap<>();
        destinations.forEach(destination -> found.put(destination, known(destination, since)));
        return found;
    }

    private List<Account> known(String destination, Instant since) {
        Map<String, Account> known = accounts.getOrDefault(destination, Map.of());
        known.values().removeIf(account -> account.at().isBefore(since));
        return known.values().stream()
                .sorted(Comparator.comparing(Account::node))
                .toList();
    }
}
