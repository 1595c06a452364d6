package dev.millrace.worker;

import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskError;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends attempts that take longer than their task allows: failed, retryable, whatever the handler does about it. */
final class Timeouts {
    private static final Logger LOG = Logger.getLogger(Timeouts.class);

    private final Settler settler;
    private final ScheduledThreadPoolExecutor timer;

    Timeouts(Settler settler) {
        this.settler = settler;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("millrace-timeouts").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    Future<?> watch(Run run) {
        return timer.schedule(() -> expire(run), run.limit().toNanos(), TimeUnit.NANOSECONDS);
    }

    void expire(Run run) {
        String whose = run.limit().equals(run.timeout()) ? "" : ", and this worker has no more time for one";
        TaskError error = new TaskError("Timeout", "The attempt took longer than " + run.limit() + whose);
        if (run.cut(Cancellation.TIMED_OUT, new Outcome.Failed(error, true, null, Cause.TIMED_OUT))) {
            LOG.debugf("Timed out: %s", run);
            settler.add(run);
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
