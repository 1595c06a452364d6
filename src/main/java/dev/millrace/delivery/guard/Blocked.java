package dev.millrace.delivery.guard;

/** A target that must not be reached. The message is for operators. */
public final class Blocked extends Exception {
    private static final long serialVersionUID = 1L;

    Blocked(String message) {
        super(message, null, false, false);
    }
}
