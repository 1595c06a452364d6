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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        base.link().ask(Request.cmd(Command.HSET).arg(key).arg(account.node()).arg(AccountCodec.encode(account)));
        base.link().ask(Request.cmd(Command.EXPIRE).arg(key).arg(KEPT_SECONDS));
        if (ThreadLocalRandom.current().nextInt(CLEANED_ONCE_IN) == 0) {
            of(destination, account.at().minus(KEPT));
        }
    }

    @Override
    public List<Account> of(String destination, Instant since) {
        byte[] key = base.keys().accounts(destination);
        Map<String, Response> all =
                Hashes.of(base.link().ask(Request.cmd(Command.HGETALL).arg(key)));
        List<Account> accounts = new ArrayList<>();
        Request forgotten = Request.cmd(Command.HDEL).arg(key);
        boolean any = false;
        for (Map.Entry<String, Response> one : all.entrySet()) {
            Optional<Account> read =
                    AccountCodec.decode(one.getKey(), one.getValue().toBytes());
            if (read.isPresent() && read.get().at().isBefore(since)) {
                forgotten.arg(one.getKey());
                any = true;
            } else {
                read.ifPresent(accounts::add);
            }
        }
        if (any) {
            base.link().ask(forgotten);
        }
        accounts.sort(Comparator.comparing(Account::node));
        return accounts;
    }
}
