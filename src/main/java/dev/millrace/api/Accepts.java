package dev.millrace.api;

import java.util.List;
import java.util.Locale;

/** What a caller's {@code Accept} lets us answer with. */
final class Accepts {
    private static final String JSON = "application/json";

    private Accepts() {}

    /** Whether JSON is wanted, at whatever quality above 0; without the header it is. */
    static boolean json(List<String> headers) {
        if (headers.isEmpty()) {
            return true;
        }
        double quality = 0;
        int precision = 0;
        for (String header : headers) {
            for (String range : header.split(",")) {
                String[] parts = range.split(";");
                int matched = precision(parts[0].strip().toLowerCase(Locale.ROOT));
                if (matched > precision) {
                    precision = matched;
                    quality = quality(parts);
                } else if (matched == precision && matched > 0) {
                    quality = Math.max(quality, quality(parts));
                }
            }
        }
        return quality > 0;
    }

    /** How exactly a range names JSON; 0 when it does not. */
    private static int precision(String range) {
        return switch (range) {
            case JSON -> 3;
            case "application/*" -> 2;
            case "*/*", "*" -> 1;
            default -> 0;
        };
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.length() > 2 && parameter.regionMatches(true, 0, "q=", 0, 2)) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
