package dev.millrace.delivery.push;

import dev.millrace.task.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What came of a push. */
public sealed interface PushAnswer {
    /** From the call to the end. */
    Duration elapsed();

    /**
     * The backend answered in full, or with a failure whose body did not come whole.
     *
     * @param status 200 to 599
     * @param headers those that are safe to be kept, names in lower case, at most 32 of 1,024 characters
     * @param excerpt the body's first 4 KiB as text
     * @param result the body when it is JSON of at most 64 KiB; null otherwise
     */
    record Answered(int status, Map<String, String> headers, String excerpt, Payload result, Duration elapsed)
            implements PushAnswer {
        /** A header by its name in lower case. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** Never shows the body. */
        @Override
        public String toString() {
            return "Answered[" + status + "]";
        }
    }

    /**
     * Not one byte of the request was sent, so another backend may be tried within the same attempt.
     *
     * @param detail for operators alone, since it tells what the network looks like from here
     */
    record NotSent(Reason reason, String detail, Duration elapsed) implements PushAnswer {}

    /**
     * The request was sent, in part at least, and no full answer came: it may have been carried out.
     *
     * @param detail for operators alone
     */
    record Unknown(Loss loss, String detail, Duration elapsed) implements PushAnswer {}

    /** Why nothing was sent. */
    enum Reason {
        /** The address, or the way the target is written, is not allowed. */
        BLOCKED,
        NO_ADDRESS,
        REFUSED,
        CONNECT_TIMEOUT,
        TLS,
        /** Too many requests wait for a connection to this backend. */
        BUSY
    }

    /** How the answer was lost. */
    enum Loss {
        TIMEOUT,
        /** Closed before or within the answer. */
        CLOSED,
        /** What came is not HTTP, or its headers are too large. */
        GARBLED
    }
}
