package dev.millrace.testing;

import java.time.Duration;

/** Moves the time that tasks go by. */
public interface TimeShift {
    /**
     * @param by positive: time does not go back
     */
    void advance(Duration by);
}
