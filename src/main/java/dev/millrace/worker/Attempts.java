package dev.millrace.worker;

import dev.millrace.task.Outcome;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Calls handlers. */
final class Attempts {
    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final Handlers handlers;
    private final Timeouts timeouts;
    private final Settler settler;
    private final String worker;

    Attempts(Handlers handlers, Timeouts timeouts, Settler settler, String worker) {
        this.handlers = handlers;
        this.timeouts = timeouts;
        this.settler = settler;
        this.worker = worker;
    }

    /** Runs on the calling thread, bounded by the task's timeout to the millisecond. */
    void runTimed(Run run) {
        Future<?> timeout = timeouts.watch(run);
        try {
            if (runHere(run)) {
                settler.add(run);
            }
        } finally {
            timeout.cancel(false);
        }
    }

    /** Runs on the calling thread; true when it ended by itself, and so is to be settled. */
    boolean runHere(Run run) {
        if (!run.begin()) {
            return false;
        }
        Outcome outcome;
        try {
            outcome = run.handler().run(run.task().spec().payload(), new RunContext(run, settler, handlers, worker));
            if (outcome == null) {
                outcome = Outcome.failed("NoOutcome", "The handler returned null in place of an outcome");
            }
        } catch (Throwable e) {
            LOG.debugf(e, "Handler threw: %s", run);
            outcome = thrown(e);
        } finally {
            run.leave();
        }
        return run.end(outcome);
    }

    private static Outcome thrown(Throwable e) {
        String name = e.getClass().getSimpleName();
        return Outcome.failed(name.isEmpty() ? e.getClass().getName() : name, e.getMessage());
    }
}
