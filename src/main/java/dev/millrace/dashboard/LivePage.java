package dev.millrace.dashboard;

import io.quarkus.qute.TemplateInstance;

/** A page, or some of them, of which a part shows itself anew. */
interface LivePage {
    /** What makes the part of the page at this address; null when that is none of its pages. Asks no store. */
    Part part(PageAddress address);

    /** Makes the part as it is now. May block. */
    interface Part {
        /** @throws dev.millrace.task.MillraceException as the page itself would */
        TemplateInstance show(Frame frame);
    }
}
