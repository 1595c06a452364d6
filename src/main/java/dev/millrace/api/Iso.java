package dev.millrace.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times (RFC 3339, to the millisecond, always UTC when written) and durations (ISO 8601) on the wire. */
final class Iso {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern DURATION =
            Pattern.compile("P(?=.)(\\d{1,8}D)?(T(?=.)(\\d{1,9}H)?(\\d{1,10}M)?(\\d{1,12}(\\.\\d{1,9})?S)?)?");
    private static final Pattern WEEKS = Pattern.compile("P(\\d{1,7})W");

    private static volatile Second last = Second.of(Instant.EPOCH);

    private Iso() {}

    /** Null when it is not one. */
    static Instant time(String text) {
        if (!TIME.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when it is not one; years and months are none, since they have no length. */
    static Duration duration(String text) {
        if (DURATION.matcher(text).matches()) {
            return Duration.parse(text).truncatedTo(ChronoUnit.MILLIS);
        }
        var weeks = WEEKS.matcher(text);
        return weeks.matches() ? Duration.ofDays(7L * Long.parseLong(weeks.group(1))) : null;
    }

    static String write(Duration duration) {
        return duration.toString();
    }

    /** {@code 2026-11-21T01:02:03.004Z}. */
    static String write(Instant time) {
        Second second = last;
        if (second.epochSecond != time.getEpochSecond()) {
            second = Second.of(time);
            last = second;
        }
        char[] out = second.text.clone();
        digits(out, 23, time.getNano() / 1_000_000);
        return new String(out);
    }

    /** Most times that are written lie within the same second as the one before. */
    private record Second(long epochSecond, char[] text) {
        static Second of(Instant time) {
            OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
            char[] out = "0000-00-00T00:00:00.000Z".toCharArray();
            digits(out, 4, utc.getYear());
            digits(out, 7, utc.getMonthValue());
            digits(out, 10, utc.getDayOfMonth());
            digits(out, 13, utc.getHour());
            digits(out, 16, utc.getMinute());
            digits(out, 19, utc.getSecond());
            return new Second(time.getEpochSecond(), out);
        }
    }

    private static void digits(char[] out, int end, int value) {
        int rest = value;
        for (int i = end - 1; rest > 0; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
