package dev.millrace.dashboard;

import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.ErrorGroup;

/** Dead tasks of a queue that failed alike, as a line of the page. */
public record DeadRow(DeadGroup group) {
    public String queue() {
        return group.queue();
    }

    /** What they have in common, with the last that was seen. */
    public ErrorGroup failures() {
        return group.failures();
    }

    public long dead() {
        return group.dead();
    }

    /** Address of the list of them. */
    public String list() {
        return "/tasks?" + filter();
    }

    public String retry() {
        return "/bulk?action=retry&from=dead-letters&" + filter();
    }

    public String delete() {
        return "/bulk?action=delete&from=dead-letters&" + filter();
    }

    private String filter() {
        return "queue=" + queue() + "&state=dead&error=" + failures().fingerprint();
    }
}
