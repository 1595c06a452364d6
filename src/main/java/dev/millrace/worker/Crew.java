package dev.millrace.worker;

import java.util.List;

/** Runs tasks of one {@link Effort}. */
interface Crew {
    /** How many more it can take now; rings the inbox's bell when there are more again. */
    int room();

    void run(List<Run> runs);

    /** Takes no more; threads that still run are left to end by themselves. */
    void stop();
}
