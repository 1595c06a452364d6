package dev.millrace.dashboard;

import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and sizes as people read them. */
@TemplateExtension
public final class Format {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"", "k", "M", "G", "T"};
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Format() {}

    /** {@code 1,234,567}. */
    public static String grouped(long number) {
        StringBuilder digits = new StringBuilder().append(number);
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@code 1,234,567}. */
    public static String grouped(int number) {
        return grouped((long) number);
    }

    /** Three digits and a unit: {@code 999}, {@code 1.23k}, {@code 45.6k}, {@code 1.2M}. */
    public static String brief(long number) {
        return brief((double) number);
    }

    /** Three digits and a unit, at most one decimal below ten. */
    public static String brief(double number) {
        double rest = Math.abs(number);
        int unit = 0;
        while (rest >= 999.5 && unit < UNITS.length - 1) {
            rest /= 1000;
            unit++;
        }
        String sign = number < 0 ? "-" : "";
        boolean whole = unit == 0 && rest == Math.rint(rest);
        String digits =
                String.format(Locale.ROOT, whole || rest >= 99.95 ? "%.0f" : rest >= 9.995 ? "%.1f" : "%.2f", rest);
        return sign + (whole || !digits.contains(".") ? digits : trimmed(digits)) + UNITS[unit];
    }

    /** Of something per minute: one decimal below ten. */
    public static String rate(double number) {
        return number < 9.95 ? trimmed(String.format(Locale.ROOT, "%.1f", number)) : brief(Math.round(number));
    }

    private static String trimmed(String digits) {
        return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    }

    /** {@code 12.3 MiB}. */
    public static String bytes(long count) {
        double rest = count;
        int unit = 0;
        while (rest >= 1023.5 && unit < SIZES.length - 1) {
            rest /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || rest >= 99.95 ? "%.0f %s" : "%.1f %s", rest, SIZES[unit]);
    }

    /** The nearest of one unit or two: {@code 340 ms}, {@code 4.2 s}, {@code 3 min 20 s}, {@code 5 h 2 min}, {@code 3 d 4 h}. */
    public static String span(Duration length) {
        return spanOfMillis(Math.max(0, length.toMillis()));
    }

    /** Like {@link #span}, of milliseconds. */
    public static String spanOfMillis(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 9_950) {
            return trimmed(String.format(Locale.ROOT, "%.1f", millis / 1000.0)) + " s";
        }
        long seconds = Math.round(millis / 1e3);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(millis / 6e4);
        if (minutes < 48 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(millis / 3.6e6);
        return two(hours / 24, "d", hours % 24, "h");
    }

    /** Like {@link #spanOfMillis}, of what is known to two digits: {@code 450 ms}, {@code 45 s}, {@code 3 min 20 s}. */
    public static String aboutMillis(long millis) {
        long unit = 1;
        while (millis / unit >= 100) {
            unit *= 10;
        }
        return spanOfMillis((millis + unit / 2) / unit * unit);
    }

    private static String two(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }

    /**
     * The nearest of one unit: {@code now}, {@code 12 s ago}, {@code 5 min ago}, {@code 3 h ago}, {@code 2 d ago}, {@code in
     * 5 min}. The script goes on with it by the same rule.
     */
    public static String ago(Instant at, Instant now) {
        double seconds = Duration.between(at, now).toMillis() / 1000.0;
        if (Math.abs(seconds) < 1.5) {
            return "now";
        }
        String length = unit(Math.abs(seconds));
        return seconds > 0 ? length + " ago" : "in " + length;
    }

    private static String unit(double seconds) {
        if (Math.round(seconds) < 60) {
            return Math.round(seconds) + " s";
        }
        if (Math.round(seconds / 60) < 60) {
            return Math.round(seconds / 60) + " min";
        }
        long hours = Math.round(seconds / 3600);
        return hours < 48 ? hours + " h" : Math.round(seconds / 86_400) + " d";
    }

    /** How long ago, to count on from. */
    public static String since(Instant at, Instant now) {
        return span(Duration.between(at, now));
    }

    /** {@code 13:04}. */
    public static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /** {@code 2026-11-21 13:04:05 UTC}. */
    public static String utc(Instant at) {
        return UTC.format(at);
    }

    /** {@code 13:04:05.678}, UTC. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** With a capital first letter. */
    public static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
