package dev.millrace.monitor;

import java.util.List;

/**
 * What is wrong with an installation.
 *
 * @param checks what was looked at, by name
 * @param findings the worst first
 */
public record Diagnosis(List<String> checks, List<Finding> findings) {
    /** How much a finding matters. */
    public enum Severity {
        /** Something does not work, or tasks may be lost. */
        ERROR,
        /** It works, but something has to be done. */
        WARNING,
        /** Good to know, and perhaps wanted. */
        NOTE
    }

    /**
     * One thing that is wrong.
     *
     * @param check the name of what was looked at
     * @param code stable, such as {@code node-missing}
     * @param sentence what is wrong and what to do about it, in one line
     */
    public record Finding(Severity severity, String check, String code, String sentence) {}

    /** Nothing needs to be done: there are notes at most. */
    public boolean isWell() {
        return findings.stream().allMatch(finding -> finding.severity() == Severity.NOTE);
    }
}
