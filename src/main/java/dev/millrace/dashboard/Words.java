package dev.millrace.dashboard;

import java.util.regex.Pattern;

/** The forms of names that people type. */
final class Words {
    static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

    private Words() {}
}
