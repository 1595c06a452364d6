package dev.millrace.api;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller would like (RFC 7240). What is not understood is not applied, which is no error. */
final class Prefer {
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?");

    private Prefer() {}

    /** How long the answer is to be held for the end of the task, at most {@link Limits#LONGEST_WAIT}; null for not at all. */
    static Duration wait(List<String> headers) {
        for (String header : headers) {
            for (String preference : header.split(",")) {
                Matcher matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    Duration asked = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
                    return asked.compareTo(Limits.LONGEST_WAIT) > 0 ? Limits.LONGEST_WAIT : asked;
                }
            }
        }
        return null;
    }
}
