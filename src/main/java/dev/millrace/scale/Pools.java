package dev.millrace.scale;

import dev.millrace.cluster.SharedStore;
import dev.millrace.role.RoleConfig;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pools there are, and which one a queue belongs to. */
@Singleton
class Pools {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final List<Pool> all = new ArrayList<>();
    private final Map<String, Pool> byQueue = new HashMap<>();
    private Pool rest;

    /** @throws MillraceException with a sentence about the first setting that cannot be */
    @Inject
    Pools(PoolsConfig config, RoleConfig roles, SharedStore store) {
        this(config.pools());
        for (Pool pool : all) {
            boolean apart = config.pools().containsKey(pool.name())
                    && (config.pools().get(pool.name()).processes() || (pool.kick() != null && !roles.worker()));
            check(
                    store.several() || !apart,
                    pool,
                    "needs workers in processes of their own, but the store is an SQLite file, which one process has to"
                            + " itself. Configure millrace.redis.url, or let this process have the role worker and wake"
                            + " itself");
        }
    }

    Pools(Map<String, PoolsConfig.Pool> config) {
        new TreeMap<>(config).forEach((name, settings) -> add(pool(name, settings)));
        if (all.isEmpty()) {
            add(new Pool("default", Set.of(), null, Duration.ofSeconds(2), new Pool.Size(10, 0, 10)));
        }
    }

    List<Pool> all() {
        return all;
    }

    /** @throws MillraceException {@code INVALID_REQUEST} when there is no such pool */
    Pool named(String name) {
        return all.stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no pool of that name; there are: "
                                + all.stream().map(Pool::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Null when the queue belongs to none. */
    Pool of(String queue) {
        return byQueue.getOrDefault(queue, rest);
    }

    private void add(Pool pool) {
        check(!pool.queues().isEmpty() || rest == null, pool, "names no queues, and neither does another: one may");
        for (String queue : pool.queues()) {
            Pool other = byQueue.put(queue, pool);
            check(other == null, pool, "has the queue " + queue + ", and so has another");
        }
        if (pool.queues().isEmpty()) {
            rest = pool;
        }
        all.add(pool);
    }

    private static Pool pool(String name, PoolsConfig.Pool settings) {
        Pool.Kick kick = settings.kickUrl()
                .map(url -> new Pool.Kick(url, settings.kickKey().orElse(null)))
                .orElse(null);
        Pool pool = new Pool(
                name,
                Set.copyOf(settings.queues().orElse(Set.of())),
                kick,
                settings.coldStart(),
                new Pool.Size(settings.target(), settings.minWorkers(), settings.maxWorkers()));
        check(NAME.matcher(name).matches(), pool, "has a name that is not 1 to 63 of a-z 0-9 -");
        check(kick == null || isHttp(kick.url()), pool, "has a kick-url that is not an http:// or https:// address");
        check(settings.target() >= 1, pool, "has a target below 1");
        check(
                settings.minWorkers() >= 0
                        && settings.maxWorkers() >= Math.max(1, settings.minWorkers())
                        && settings.maxWorkers() <= MOST,
                pool,
                "must have 0 <= min-workers <= max-workers, and max-workers 1 to 10000");
        Duration start = settings.coldStart();
        check(
                !start.isNegative() && start.compareTo(LONGEST_START) <= 0,
                pool,
                "has a cold-start that is not PT0S to PT10M");
        return pool;
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null
                && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getUserInfo() == null;
    }

    private static void check(boolean holds, Pool pool, String otherwise) {
        if (!holds) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST, "millrace.pools." + pool.name() + " " + otherwise + ".");
        }
    }
}
