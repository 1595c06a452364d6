package dev.millrace.delivery.route;

import java.time.Instant;
import java.util.List;

/**
 * Keeps what each node last told of each destination, for a minute.
 *
 * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} from any method
 */
public interface AccountStore {
    /** In place of what the same node told of it before. */
    void tell(String destination, Account account);

    /** By node; without those from before {@code since}. */
    List<Account> of(String destination, Instant since);
}
