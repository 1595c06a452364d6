package dev.millrace.dashboard;

import java.time.Instant;
import java.util.List;

/**
 * What the overview shows.
 *
 * @param asOf when the doctor found what is wrong, if that was a while ago; else null
 * @param queues the busiest
 * @param moreQueues how many are left out
 * @param running what is in the workers' hands, the latest first
 */
public record Overview(
        Range range,
        List<Trouble> troubles,
        Instant asOf,
        List<Tile> tiles,
        Charts charts,
        List<QueueRow> queues,
        int moreQueues,
        List<RunningTask> running,
        StoreView store) {
    public Range[] ranges() {
        return Range.values();
    }

    /** Nothing was ever submitted. */
    public boolean fresh() {
        return queues.isEmpty();
    }
}
