package dev.millrace.cli;

/** Ends a command; the message says what to do next. */
abstract sealed class Ending extends RuntimeException permits Refused, Unreachable {
    private static final long serialVersionUID = 1L;

    Ending(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same with more to say. */
    abstract Ending and(String more);
}
