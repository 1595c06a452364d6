package dev.millrace.scheduler;

import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/** One pass over queues in which a queue that fails does not keep the rest from their turn, unless the store is away. */
final class EachQueue {
    private static final Logger LOG = Logger.getLogger(EachQueue.class);
    private static final int SLICE = 100;

    private int done;

    static List<List<String>> slices(List<String> names) {
        List<List<String>> slices = new ArrayList<>();
        for (int from = 0; from < names.size(); from += SLICE) {
            slices.add(names.subList(from, Math.min(names.size(), from + SLICE)));
        }
        return slices;
    }

    void run(String queue, IntSupplier step) {
        try {
            done += step.getAsInt();
        } catch (RuntimeException e) {
            if (MillraceException.isStoreAway(e)) {
                throw e;
            }
            LOG.errorf(e, "Upkeep of queue %s failed; the others go on", queue);
        }
    }

    int done() {
        return done;
    }
}
