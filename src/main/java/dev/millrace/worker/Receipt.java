package dev.millrace.worker;

import java.time.Duration;

/** What a courier tells of a task on its way, and may ask. From any thread. */
public interface Receipt {
    /** A line that is kept with the attempt. */
    void log(String line);

    /** It was ended from outside (cancelled, handed back, its lease lost): what has not begun is not to begin. */
    boolean isOver();

    /** How long the attempt may take, positive: the task's timeout, or less where the worker has less. */
    Duration limit();
}
