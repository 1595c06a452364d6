package dev.millrace.delivery.request;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that a task may ask for. */
final class HeaderRules {
    static final int MOST = 64;
    private static final int LONGEST_VALUE = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    /** No control characters, line breaks above all, and nothing that is no byte. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\xA0-\\xFF]*");

    /** What the connection and the body are framed by, and what speaks in our name. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "traceparent",
            "tracestate",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /** Why not; empty when it is fine. Values are not repeated: they may be secrets. */
    static Optional<String> fault(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("a name must be 1 to 128 letters, digits and !#$%&'*+.^_`|~-");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        boolean ours = OURS.contains(lower)
                || lower.startsWith("proxy-")
                || lower.startsWith("webhook-")
                || lower.startsWith("millrace-");
        if (ours) {
            return Optional.of(name + " is not a task's to set");
        }
        if (value.length() > LONGEST_VALUE) {
            return Optional.of(name + " must not be longer than " + LONGEST_VALUE + " characters");
        }
        return VALUE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(name + " must be printable, on one line");
    }
}
