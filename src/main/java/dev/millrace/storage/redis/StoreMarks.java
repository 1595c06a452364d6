package dev.millrace.storage.redis;

import dev.millrace.monitor.StoreCheck.Finding;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Marks that this node leaves in the store, each later than the one before. Where the last one that was confirmed is not
 * there, or an older one stands in its place, the store lost whatever came since. Marks of its own, so that neither other
 * nodes nor answers that were lost can hide or feign a loss. Not safe for threads.
 */
final class StoreMarks {
    /** Nodes that have been away for longer may find their mark gone without a fault of the store's. */
    private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

    private final RedisBase base;
    private final List<byte[]> keys;
    private final byte[] node = RedisKeys.bytes(name());
    private final long[] confirmed;
    private long last;
    /** Found, and not told yet: an answer of another mark may have been lost. */
    private Loss unsaid;

    StoreMarks(RedisBase base, boolean cluster) {
        this.base = base;
        this.keys = base.keys().marks(cluster);
        this.confirmed = new long[keys.size()];
    }

    /**
     * What the store lost.
     *
     * @param known when this node last saw it whole
     * @param present how old what is there now is; null when nothing of before is there
     */
    record Loss(Instant known, Instant present) {
        String sentence() {
            return present == null
                    ? "Redis was emptied or replaced: all that was in it until " + known + " is gone"
                    : "Redis came back with older data: what happened between " + present + " and " + known
                            + " is lost";
        }

        Finding finding() {
            return new Finding(
                    false,
                    "store-rollback",
                    sentence()
                            + ". Tasks of that time are gone, or run again. Find out what happened to Redis, have"
                            + " lost tasks submitted again, and look at the settings and pauses of queues.");
        }
    }

    /** Renews the marks; answers the greatest loss that it finds. */
    Optional<Loss> renew() {
        leave();
        if (unsaid != null) {
            leave(); // where something was lost as well, now that it is known
        }
        Optional<Loss> found = Optional.ofNullable(unsaid);
        unsaid = null;
        return found;
    }

    private void leave() {
        long now = Math.max(last + 1, base.clock().instant().toEpochMilli());
        last = now;
        RedisLink.Line line = base.link().line();
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int i = 0; i < confirmed.length; i++) {
            List<byte[]> args =
                    List.of(node, number(now), number(Math.max(0, now - KEPT_MILLIS)), number(confirmed[i]));
            sent.add(Scripts.MARK.run(line, List.of(keys.get(i)), args));
        }
        for (int i = 0; i < confirmed.length; i++) {
            String before = base.link().await(sent.get(i)).toString();
            long present = before.isEmpty() ? 0 : (long) Double.parseDouble(before);
            if (present >= confirmed[i]) {
                confirmed[i] = now;
                continue;
            }
            if (now - confirmed[i] < KEPT_MILLIS) {
                unsaid = worse(unsaid, confirmed[i], present);
            }
            confirmed[i] = present;
        }
    }

    private static byte[] number(long value) {
        return RedisKeys.bytes("" + value);
    }

    private static Loss worse(Loss so, long known, long present) {
        if (so != null && (so.present == null || present > so.present.toEpochMilli())) {
            return so;
        }
        return new Loss(Instant.ofEpochMilli(known), present == 0 ? null : Instant.ofEpochMilli(present));
    }

    /** On an orderly end; does not wait. */
    void remove() {
        if (Arrays.stream(confirmed).anyMatch(mark -> mark > 0)) {
            keys.forEach(
                    key -> base.link().send(Request.cmd(Command.ZREM).arg(key).arg(node)));
        }
    }

    private static String name() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
