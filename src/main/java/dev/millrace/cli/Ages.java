package dev.millrace.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations for people. */
final class Ages {
    private Ages() {}

    /**
     * The two largest units of an ISO-8601 duration, like {@code 2 h 5 min}; the text itself when it is none.
     */
    static String words(String iso) {
        if (iso.isEmpty()) {
            return "-";
        }
        try {
            return words(Duration.parse(iso));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    static String words(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + " min " + age.toSecondsPart() + " s";
        }
        if (age.toSeconds() > 0) {
            return age.toSeconds() + " s";
        }
        return age.toMillis() > 0 || age.isZero() ? age.toMillis() + " ms" : "0." + age.toNanos() / 100_000 + " ms";
    }
}
