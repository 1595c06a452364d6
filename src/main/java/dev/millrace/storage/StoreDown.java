package dev.millrace.storage;

import dev.millrace.task.MillraceException;

/** The store did not answer. Apart from refusals, which are answers, because fault tolerance goes by exception class. */
final class StoreDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MillraceException reason;

    StoreDown(MillraceException reason) {
        super(reason.getMessage(), reason, false, false);
        this.reason = reason;
    }

    MillraceException reason() {
        return reason;
    }
}
