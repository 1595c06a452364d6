package dev.millrace.storage.redis;

import dev.millrace.monitor.StoreCheck.Finding;
import dev.millrace.storage.redis.StoreMarks.Loss;
import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks after the store every two seconds: what its clock says, whether it lost anything, whether this node still hears
 * what is announced, and each fifth time whether the format is still one that this version reads. What a store lost that
 * this node knows is written again: its identity, the numbers of queues, the settings of those that are gone or were made
 * anew, the destinations. A change of settings in the time that was lost stays lost.
 */
final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("millrace.store");
    private static final long EVERY_SECONDS = 2;
    private static final int SELDOM = 5;

    /** How long a loss is told in health and by the doctor. */
    private static final long TOLD_NANOS = Duration.ofDays(1).toNanos();

    private final RedisBase base;
    private final StoreMarks marks;
    private final RedisWakeups wakeups;
    private final byte[] secret;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redis-watch").factory());
    private volatile Noticed noticed;
    private volatile Finding format;
    private volatile int rollbacks;
    private boolean incomplete;
    private boolean failing;
    private int round;

    /** What is told, and since when. */
    private record Noticed(Finding finding, long at) {}

    StoreWatch(RedisBase base, StoreMarks marks, RedisWakeups wakeups, byte[] secret) {
        this.base = base;
        this.marks = marks;
        this.wakeups = wakeups;
        this.secret = secret;
    }

    /** The first mark is left before this node does anything. */
    void start() {
        marks.renew();
        timer.scheduleWithFixedDelay(this::runOrSay, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** What is wrong with the store at present, as far as only time can tell. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Noticed loss = noticed;
        if (loss != null && System.nanoTime() - loss.at < TOLD_NANOS) {
            findings.add(loss.finding);
        }
        Optional.ofNullable(format).ifPresent(findings::add);
        return findings;
    }

    /** How often this node saw the store lose something. */
    int rollbacks() {
        return rollbacks;
    }

    /** How far this machine's clock is ahead of Redis's. */
    Duration clockOffset() {
        return base.clock().offsetOfTheMachine();
    }

    void runOnce() {
        wakeups.listenForSelf();
        // First, for the monotonic clock stands still while the machine sleeps: marks of the past would feign a loss.
        base.clock().synchronize();
        marks.renew().ifPresent(this::tell);
        if (incomplete) {
            StoreIdentity.open(base.link(), base.keys(), secret);
            base.reinstate();
            incomplete = false;
        }
        base.memory().confirm();
        if (++round % SELDOM == 0) {
            format = StoreIdentity.outgrown(base.link(), base.keys()).orElse(null);
        }
    }

    private void tell(Loss loss) {
        incomplete = true;
        noticed = new Noticed(loss.finding(), System.nanoTime());
        rollbacks++;
        LOG.warnf("store-rollback: %s", loss.finding().sentence());
    }

    void runOrSay() {
        try {
            runOnce();
            if (failing) {
                LOG.info("The store is watched again");
            }
            failing = false;
        } catch (Throwable e) { // An Error, too: a timer forgets what throws.
            if (!failing && !MillraceException.isStoreAway(e)) {
                LOG.error(
                        "The store cannot be watched, so a loss of its data would go unnoticed; it is tried again", e);
                failing = true;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        marks.remove();
    }
}
