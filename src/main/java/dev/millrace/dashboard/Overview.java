package dev.millrace.dashboard;

import java.util.List;

/**
 * What the overview shows.
 *
 * @param queues the busiest
 * @param moreQueues how many are left out
 * @param running what is in the workers' hands, the latest first
 */
public record Overview(
        Range range,
        List<Trouble> troubles,
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
