package dev.millrace.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the store counted along with the changes themselves, and what was noted of its queues from time to time. */
public interface SeriesStore {
    /** How long minutes are kept, in hours. */
    int HOURS_KEPT = 48;

    /** Error groups kept per queue, at most; the least recently seen go first. */
    int ERROR_GROUPS = 500;

    /** Stands for all queues together where levels are noted and asked for. */
    String ALL = "";

    /** The minutes of a queue with anything in them, oldest first; {@code from} inclusive, {@code to} exclusive. */
    default List<Minute> minutes(String queue, Instant from, Instant to) {
        return minutes(Map.of(queue, from), to).get(queue);
    }

    /**
     * The same of several queues at once, each from its own time on.
     *
     * @param from by queue
     * @return by queue; an empty list for one with nothing in its minutes, and for what is no queue
     */
    Map<String, List<Minute>> minutes(Map<String, Instant> from, Instant to);

    /**
     * Notes how queues stand in a minute, in place of what was noted of them in the same minute. Kept for {@link
     * #HOURS_KEPT}. What is no queue is left out.
     *
     * @param levels by queue, or {@link #ALL}; all of one minute
     */
    void note(Map<String, Level> levels);

    /**
     * What was noted of a queue, or of {@link #ALL}, oldest first; {@code from} inclusive, {@code to} exclusive, at most
     * {@link #HOURS_KEPT} apart.
     */
    List<Level> levels(String queue, Instant from, Instant to);

    /**
     * Kinds of failure that tasks of these queues are dead of, with how many, those with the most first; counted along with
     * the changes. Of a kind that fell out of the {@link #ERROR_GROUPS} of its queue the dead are in none. What is no queue is
     * left out.
     *
     * @param limit of each queue, 1 to {@link #ERROR_GROUPS}
     */
    List<DeadGroup> deadGroups(List<String> queues, int limit);

    /** Failures of a queue by fingerprint, the last seen first. */
    List<ErrorGroup> errorGroups(String queue, int limit);
}
