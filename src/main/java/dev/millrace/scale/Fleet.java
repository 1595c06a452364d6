package dev.millrace.scale;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The worker processes that this one started for a pool: as many as its policy wants. */
final class Fleet {
    private static final Logger LOG = Logger.getLogger(Fleet.class);
    private static final Duration YOUNG = Duration.ofSeconds(10);
    private static final int LONGEST_PAUSE_SHIFT = 6;

    private final String pool;
    private final ScalingPolicy policy;
    private final Starter starter;
    private final List<Member> members = new ArrayList<>();
    /** Told to end, and ending. */
    private final List<Process> leaving = new ArrayList<>();

    private int failures;
    private Instant notBefore = Instant.MIN;
    private boolean ended;

    /** Starts one worker process. */
    interface Starter {
        Process start() throws IOException;
    }

    private record Member(Process process, Instant startedAt) {}

    Fleet(String pool, ScalingPolicy policy, Starter starter) {
        this.pool = pool;
        this.policy = policy;
        this.starter = starter;
    }

    synchronized int size() {
        return members.size();
    }

    /** Starts and ends what the demand asks for; how many that were. */
    synchronized int runOnce(long demand, Instant now) {
        if (ended) {
            return 0;
        }
        forgetEnded(now);
        int wanted = policy.workers(members.size(), demand, now);
        int changed = 0;
        while (members.size() > wanted) {
            leave();
            changed++;
        }
        while (members.size() < wanted && !notBefore.isAfter(now) && join(now)) {
            changed++;
        }
        if (changed > 0) {
            LOG.infof("Pool %s: %d workers for %d tasks", pool, members.size(), demand);
        }
        return changed;
    }

    /** One that ends soon after its start, unasked, is not started again at once. */
    private void forgetEnded(Instant now) {
        leaving.removeIf(process -> !process.isAlive());
        for (Iterator<Member> all = members.iterator(); all.hasNext(); ) {
            Member member = all.next();
            boolean old = !member.startedAt().isAfter(now.minus(YOUNG));
            if (!member.process().isAlive()) {
                all.remove();
                if (!old) {
                    failed(now, "it ended with " + member.process().exitValue());
                }
            } else if (old) {
                failures = 0;
            }
        }
    }

    private boolean join(Instant now) {
        try {
            members.add(new Member(starter.start(), now));
            return true;
        } catch (IOException e) {
            failed(now, e.getMessage());
            return false;
        }
    }

    private void failed(Instant now, String why) {
        Duration pause = Duration.ofSeconds(1L << Math.min(LONGEST_PAUSE_SHIFT, failures++));
        notBefore = now.plus(pause);
        LOG.warnf("Pool %s: a worker could not be kept running, the next try is in %s: %s", pool, pause, why);
    }

    private void leave() {
        Process process = members.removeLast().process();
        process.destroy();
        leaving.add(process);
    }

    /** Tells all to end. */
    synchronized void end() {
        ended = true;
        while (!members.isEmpty()) {
            leave();
        }
    }

    /** Waits for those that were told to end, and ends them for good when the time is up. */
    void await(long deadline) throws InterruptedException {
        List<Process> last;
        synchronized (this) {
            last = List.copyOf(leaving);
        }
        for (Process process : last) {
            if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
