package dev.millrace.api;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads the current value of an input as something. Null where the value is null, and where it is wrong, which is noted
 * as a fault then.
 */
final class Values {
    private Values() {}

    /** A string of 1 to {@code max} characters, without NUL. */
    static String string(JsonInput in, int max) {
        String text = anyString(in, max);
        if (text != null && text.isEmpty()) {
            in.fault("must not be empty");
            return null;
        }
        return text;
    }

    /** A string of at most {@code max} characters, without NUL. */
    static String anyString(JsonInput in, int max) {
        if (in.isNull()) {
            return null;
        }
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrong("must be a string");
            return null;
        }
        String text = in.text();
        if (text.length() > max) {
            in.fault("must not be longer than " + max + " characters");
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            in.fault("must not contain the character NUL");
            return null;
        }
        return text;
    }

    /** A string that passes the test. */
    static String name(JsonInput in, Predicate<String> test, String rule) {
        if (in.isNull()) {
            return null;
        }
        String text = in.token() == JsonToken.VALUE_STRING ? in.text() : null;
        if (text == null || !test.test(text)) {
            in.wrong(rule);
            return null;
        }
        return text;
    }

    /** A whole number within the bounds. */
    static Long whole(JsonInput in, long min, long max) {
        if (in.isNull()) {
            return null;
        }
        try {
            if (in.token() == JsonToken.VALUE_NUMBER_INT
                    && in.number().getText().length() < 20) {
                long value = in.number().getLongValue();
                if (value >= min && value <= max) {
                    return value;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in.wrong("must be a whole number from " + min + " to " + max);
        return null;
    }

    static Integer integer(JsonInput in, int min, int max) {
        Long value = whole(in, min, max);
        return value == null ? null : value.intValue();
    }

    /** Any number within the bounds. */
    static Double number(JsonInput in, double min, double max) {
        if (in.isNull()) {
            return null;
        }
        try {
            if (in.token().isNumeric()) {
                double value = in.number().getDoubleValue();
                if (value >= min && value <= max) {
                    return value;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in.wrong("must be a number from " + min + " to " + max);
        return null;
    }

    static Boolean bool(JsonInput in) {
        if (in.isNull()) {
            return null;
        }
        if (!in.token().isBoolean()) {
            in.wrong("must be true or false");
            return null;
        }
        return in.token() == JsonToken.VALUE_TRUE;
    }

    /** A duration within the bounds. */
    static Duration duration(JsonInput in, Duration min, Duration max) {
        if (in.isNull()) {
            return null;
        }
        Duration value = in.token() == JsonToken.VALUE_STRING ? Iso.duration(in.text()) : null;
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            in.wrong("must be an ISO 8601 duration from " + Iso.write(min) + " to " + Iso.write(max));
            return null;
        }
        return value;
    }

    static Instant time(JsonInput in) {
        if (in.isNull()) {
            return null;
        }
        Instant value = in.token() == JsonToken.VALUE_STRING ? Iso.time(in.text()) : null;
        if (value == null) {
            in.wrong("must be an RFC 3339 time such as 2026-11-21T01:02:03.004Z");
        }
        return value;
    }

    /** The constant whose name in lower case this is, with dashes. */
    static <E extends Enum<E>> E keyword(JsonInput in, Class<E> type) {
        if (in.isNull()) {
            return null;
        }
        List<String> known = new ArrayList<>();
        String text = in.token() == JsonToken.VALUE_STRING ? in.text() : "";
        for (E constant : type.getEnumConstants()) {
            String wire = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (wire.equals(text)) {
                return constant;
            }
            known.add(wire);
        }
        in.wrong("must be one of " + String.join(", ", known));
        return null;
    }

    /** An array of strings of 1 to {@code length} characters. */
    static List<String> strings(JsonInput in, int count, int length) {
        return strings(in, count, () -> string(in, length));
    }

    /** An array of strings of at most {@code length} characters. */
    static List<String> lines(JsonInput in, int count, int length) {
        return strings(in, count, () -> anyString(in, length));
    }

    private static List<String> strings(JsonInput in, int count, Supplier<String> element) {
        if (in.isNull() || !in.startsArray()) {
            return null;
        }
        String pointer = in.pointer();
        List<String> values = new ArrayList<>();
        while (in.element()) {
            if (in.isNull()) {
                in.fault("must be a string");
            }
            values.add(element.get());
        }
        if (values.size() > count) {
            in.faults().add(pointer, "must not have more than " + count + " elements");
        }
        return values;
    }

    /** An object of strings; names of 1 to {@code length} characters, values of at most as many. */
    static Map<String, String> map(JsonInput in, int count, int length) {
        if (in.isNull() || !in.startsObject()) {
            return null;
        }
        String pointer = in.pointer();
        Map<String, String> values = new LinkedHashMap<>();
        for (String name = in.member(); name != null; name = in.member()) {
            if (name.isEmpty() || name.length() > length || name.indexOf('\0') >= 0) {
                in.fault("must have a name of 1 to " + length + " characters");
            }
            if (in.isNull()) {
                in.fault("must be a string");
            }
            values.put(name, anyString(in, length));
        }
        if (values.size() > count) {
            in.faults().add(pointer, "must not have more than " + count + " members");
        }
        return values;
    }
}
