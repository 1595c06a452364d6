package dev.millrace.storage.redis;

import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.storage.record.AccountCodec;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What nodes tell of destinations, in a hash for each by node, that goes by itself when nobody tells any more. */
final class RedisAccountStore implements AccountStore {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final String KEPT_SECONDS = "" + KEPT.toSeconds();

    /** What nodes that are gone have told goes also where nobody looks. */
    private static final int CLEANED_ONCE_IN = 32;

    private final RedisBase base;

    RedisAccountStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public void tell(String destination, Account account) {
        byte[] key = base.keys().accounts(destination);
        base.link()
                .askAll(List.of(
                        Request.cmd(Command.HSET).arg(key).arg(account.node()).arg(AccountCodec.encode(account)),
                        Request.cmd(Command.EXPIRE).arg(key).arg(KEPT_SECONDS)));
        if (ThreadLocalRandom.current().nextInt(CLEANED_ONCE_IN) == 0) {
            of(destination, account.at().minus(KEPT));
        }
    }

    @Override
    public Map<String, List<Account>> of(Collection<String> destinations, Instant since) {
        List<String> names = List.copyOf(destinations);
        List<Response> answers = base.link()
                .askAll(names.stream()
                        .map(name ->
                                Request.cmd(Command.HGETALL).arg(base.keys().accounts(name)))
                        .toList());
        Map<String, List<Account>> found = new HashMap<>();
        List<Request> forgotten = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            byte[] key = base.keys().accounts(names.get(i));
            List<Account> accounts = new ArrayList<>();
            Hashes.of(answers.get(i))
                    .forEach((node, told) -> AccountCodec.decode(node, told.toBytes())
                            .ifPresent(account -> {
                                if (account.at().isBefore(since)) {
                                    forgotten.add(
                                            Request.cmd(Command.HDEL).arg(key).arg(node));
                                } else {
                                    accounts.add(account);
                                }
                            }));
            accounts.sort(Comparator.comparing(Account::node));
            found.put(names.get(i), accounts);
        }
        base.link().askAll(forgotten);
        return found;
    }
}
