package dev.millrace.storage;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.Map;
import org.jboss.logging.Logger;

/** What an error means to a batch of new tasks, which is told of it alone. */
public final class BatchFailure {
    private static final Logger LOG = Logger.getLogger(BatchFailure.class);

    private BatchFailure() {}

    /** The error itself when it is a refusal; any other is logged, and {@code STORE_UNAVAILABLE} for those tasks. */
    public static MillraceException of(RuntimeException error) {
        if (error instanceof MillraceException expected) {
            return expected;
        }
        LOG.error("The store failed on a batch of new tasks", error);
        return new MillraceException(
                ErrorCode.STORE_UNAVAILABLE, "The store failed; the log of this node says how.", Map.of(), error);
    }
}
