package dev.millrace.task;

/** The forms of names that people give. Checked by hand, since every submission passes here. */
public final class NameRules {
    /** A queue's, a lane's and a destination's, as a regular expression. */
    public static final String QUEUE = "[a-z0-9][a-z0-9._-]{0,62}";

    /** A task type's. */
    public static final String TYPE = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}";

    private static final int LONGEST_QUEUE = 63;
    private static final int LONGEST_TYPE = 128;

    private NameRules() {}

    /** Whether it is {@link #QUEUE}. */
    public static boolean isQueue(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST_QUEUE || !isSmallOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = name.charAt(i);
            if (!isSmallOrDigit(c) && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Whether it is {@link #TYPE}. */
    public static boolean isType(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST_TYPE || !isLetterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != ':' && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSmallOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isLetterOrDigit(char c) {
        return isSmallOrDigit(c) || c >= 'A' && c <= 'Z';
    }
}
