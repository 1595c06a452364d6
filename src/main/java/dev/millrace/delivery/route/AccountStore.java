package dev.millrace.delivery.route;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps what each node last told of each destination, for a minute.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method
 */
public interface AccountStore {
    /** In place of what the same node told of it before. */
    void tell(String destination, Account account);

    /** By node; without those from before {@code since}. */
    default List<Account> of(String destination, Instant since) {
        return of(List.of(destination), since).get(destination);
    }

    /** The same of several destinations at once; an empty list for one that nobody told of. */
    Map<String, List<Account>> of(Collection<String> destinations, Instant since);
}
