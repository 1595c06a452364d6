package dev.millrace.dashboard;

/** Somebody who looks at a page. Neither call blocks. */
interface LiveViewer {
    /** Says something, as {@link LiveEvent} writes it; what was not taken yet may be left out for it. */
    void send(String event);

    /** Says a last word. */
    void end(String event);
}
