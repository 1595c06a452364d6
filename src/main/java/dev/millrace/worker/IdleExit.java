package dev.millrace.worker;

import dev.millrace.task.MillraceException;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** Drains once, then ends the process: with 0 when nothing was left to do or as much was done as was asked for. */
final class IdleExit implements Runnable {
    private static final Logger LOG = Logger.getLogger(IdleExit.class);

    private final Function<DrainCall, Drained> worker;
    private final DrainCall call;
    private final IntConsumer exit;

    /**
     * @param worker drains as it is told
     */
    IdleExit(Function<DrainCall, Drained> worker, DrainCall call, IntConsumer exit) {
        this.worker = worker;
        this.call = call;
        this.exit = exit;
    }

    @Override
    public void run() {
        int code = 1;
        try {
            Drained drained = worker.apply(call.endless());
            LOG.infof(
                    "%d tasks done%s: the process ends",
                    drained.done(), drained.more() ? ", and there is more to do" : " and none left to do");
            code = 0;
        } catch (RuntimeException e) {
            Throwable unknown = MillraceException.isStoreAway(e) ? null : e;
            LOG.errorf(unknown, "The queues cannot be drained, so the process ends: %s", e.getMessage());
        } finally {
            exit.accept(code);
        }
    }
}
