package dev.millrace.monitor;

import java.util.List;

/** Something that {@link Doctor} looks at. */
interface Check {
    /** In few words, such as {@code nodes}. */
    String name();

    /**
     * What is wrong with it; empty when all is well. What cannot be found out is not a finding.
     *
     * @throws dev.millrace.task.MillraceException {@code STORE_UNAVAILABLE} when the store does not answer
     */
    List<Diagnosis.Finding> findings();
}
