package dev.millrace.monitor;

import java.time.Instant;
import java.util.List;

/** What the store counted along with the changes themselves. */
public interface SeriesStore {
    /** How long minutes are kept, in hours. */
    int HOURS_KEPT = 48;

    /** Error groups kept per queue, at most; the least recently seen go first. */
    int ERROR_GROUPS = 500;

    /** The minutes of a queue with anything in them, oldest first; {@code from} inclusive, {@code to} exclusive. */
    List<Minute> minutes(String queue, Instant from, Instant to);

    /** Failures of a queue by fingerprint, the last seen first. */
    List<ErrorGroup> errorGroups(String queue, int limit);
}
