package dev.millrace.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How durations, times and numbers are written as options; what is something else is told what is allowed. */
final class OptionForms {
    static final String DURATIONS = "durations are like 30s, 2m, 1h or PT30S, and plain numbers are seconds";
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,12})(MS|D|)");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private OptionForms() {}

    static CommandLine register(CommandLine line) {
        ITypeConverter<Integer> whole = text -> Math.toIntExact(number(text, Integer.MAX_VALUE));
        ITypeConverter<Long> large = text -> number(text, Long.MAX_VALUE);
        List.of(int.class, Integer.class).forEach(type -> line.registerConverter(type, whole));
        return line.registerConverter(Long.class, large)
                .registerConverter(Duration.class, OptionForms::duration)
                .registerConverter(Instant.class, OptionForms::time);
    }

    /**
     * As settings are read, so that a duration that works there works here.
     *
     * @return zero or more, a hundred years at most
     */
    static Duration duration(String text) {
        try {
            Duration duration = parsed(text.toUpperCase(Locale.ROOT));
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // said below, like one that is out of bounds
        }
        throw new TypeConversionException("'" + text + "' is no duration: " + DURATIONS);
    }

    private static Duration parsed(String text) {
        if (text.matches("P[0-9]{1,5}W")) {
            return Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)));
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return Duration.parse(text.matches("[0-9].*") ? "PT" + text : text);
        }
        long amount = Long.parseLong(number.group(1));
        return switch (number.group(2)) {
            case "MS" -> Duration.ofMillis(amount);
            case "D" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: those are like 2026-11-21T01:02:03Z or 2026-11-21T01:02:03+02:00");
        }
    }

    private static long number(String text, long most) {
        if (text.matches("-?[0-9]{1,18}") && Long.parseLong(text) <= most && Long.parseLong(text) >= -most) {
            return Long.parseLong(text);
        }
        throw new TypeConversionException(
                "'" + text + "' is " + (text.matches("-?[0-9]+") ? "too large" : "no whole number"));
    }
}
