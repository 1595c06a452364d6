package dev.millrace.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;

/** No answer came. Exit code 3. */
final class Unreachable extends Ending {
    private static final long serialVersionUID = 1L;

    private final transient Exception reason;

    Unreachable(URI server, Exception reason) {
        this("""
                No Millrace server answers at %s (%s).
                Start one with: millrace start
                Or name another one with --server URL or in MILLRACE_SERVER.""".formatted(server, words(reason)), reason);
    }

    private Unreachable(String message, Exception reason) {
        super(message, reason);
        this.reason = reason;
    }

    @Override
    Unreachable and(String more) {
        return new Unreachable(getMessage() + "\n" + more, reason);
    }

    /** Nothing was sent: whatever was asked did not happen. */
    boolean beforeSending() {
        return reason instanceof ConnectException || reason instanceof HttpConnectTimeoutException;
    }

    private static String words(Exception reason) {
        if (reason instanceof HttpConnectTimeoutException) {
            return "it does not take the connection";
        }
        if (reason instanceof ConnectException) {
            return "connection refused";
        }
        return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
    }
}
