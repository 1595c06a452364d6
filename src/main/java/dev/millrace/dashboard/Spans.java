package dev.millrace.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and times as people type them. */
final class Spans {
    static final Duration LONGEST = Duration.ofDays(3650);
    static final String DURATION_RULE = "a duration such as 30s, 5m, 2h, 1d or PT30S";
    static final String TIME_RULE = "a time such as 2026-11-21T10:00:00Z";

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private Spans() {}

    /** Null when it is none, or longer than ten years. */
    static Duration duration(String text) {
        Duration found = anyDuration(text.strip());
        return found == null || found.isNegative() || found.compareTo(LONGEST) > 0
                ? null
                : found.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration anyDuration(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        try {
            return text.length() > 40 ? null : Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    /** RFC 3339, or the same without a zone, as browsers write it, which then means UTC; null when it is neither. */
    static Instant time(String text) {
        String one = text.strip();
        try {
            return OffsetDateTime.parse(one).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            return local(one);
        }
    }

    private static Instant local(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
