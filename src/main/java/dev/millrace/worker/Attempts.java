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
    private final WorkerSettings settings;

    Attempts(Handlers handlers, Timeouts timeouts, Settler settler, WorkerSettings settings) {
        this.handlers = handlers;
        this.timeouts = timeouts;
        this.settler = settler;
        this.settings = settings;
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
            outcome = run.handler()
                    .run(run.task().spec().payload(), new RunContext(run, settler, handlers, settings.worker()));
            outcome = checked(outcome);
        } catch (Throwable e) {
            LOG.debugf(e, "Handler threw: %s", run);
            outcome = thrown(e);
        } finally {
            run.leave();
        }
        return run.end(outcome);
    }

    /** Another run would have as large a result, so it is not tried. */
    private Outcome checked(Outcome outcome) {
        if (outcome == null) {
            return Outcome.failed("NoOutcome", "The handler returned null in place of an outcome");
        }
        int most = settings.resultBytes();
        return outcome instanceof Outcome.Succeeded done
                        && done.result() != null
                        && done.result().size() > most
                ? Outcome.failedForGood(
                        "ResultTooLarge",
                        "The result has " + done.result().size() + " bytes, and may have " + most
                                + " (millrace.api.payload)")
                : outcome;
    }

    private static Outcome thrown(Throwable e) {
        String name = e.getClass().getSimpleName();
        return Outcome.failed(name.isEmpty() ? e.getClass().getName() : name, e.getMessage());
    }
}
