package dev.millrace.worker;

import java.util.List;

/** Runs tasks of one {@link Effort}. */
interface Crew {
    /**
     * How many more it takes now from one of so many queues that may have some; rings the inbox's bell when it can take
     * more again.
     *
     * @param queues 1 or more
     */
    int room(int queues);

    void run(List<Run> runs);

    /** Takes no more; threads that still run are left to end by themselves. */
    void stop();
}
