package dev.millrace.monitor;

import java.time.Duration;
import java.time.Instant;

/** Why a task does not run yet, or has not ended yet. */
public sealed interface WaitReason {
    /** Its queue is paused: nothing of it is leased. */
    record Paused() implements WaitReason {}

    /** It is scheduled for later. */
    record Due(Instant at) implements WaitReason {}

    /**
     * It failed and waits for its next attempt.
     *
     * @param failures attempts that failed so far
     */
    record RetryWait(int failures, int maxAttempts, Instant at) implements WaitReason {}

    /**
     * A worker gave it back, not to be run before a time.
     *
     * @param reason what the worker said; null for nothing
     */
    record Released(Instant at, String reason) implements WaitReason {}

    /** It waits for other tasks to end. */
    record Blocked() implements WaitReason {}

    /**
     * Others of its queue and type go first.
     *
     * @param ahead how many
     * @param atLeast there may be more
     * @param estimate until it starts, at the pace of the last minutes; null when there is no pace to go by
     */
    record InLine(int ahead, boolean atLeast, Duration estimate) implements WaitReason {}

    /** It is next, and starts when a worker has room. */
    record Next(Duration estimate) implements WaitReason {}

    /**
     * As many tasks of its queue run as may at once; it can start when one of them ends.
     *
     * @param running tasks of the queue that run now
     * @param concurrency of the queue
     */
    record AtConcurrency(long running, long concurrency) implements WaitReason {}

    /**
     * As many tasks of its queue were started as may in the time.
     *
     * @param at when the next may
     */
    record AtRate(long limit, Duration per, Instant at) implements WaitReason {}

    /** No worker is there. */
    record NoWorker() implements WaitReason {}

    /**
     * Workers are there, but all of them were told to be quiet.
     *
     * @param workers processes with the role worker
     */
    record AllQuiet(int workers) implements WaitReason {}

    /**
     * Workers are there, but none of them took a task of this type lately: they may have no handler for it.
     *
     * @param workers processes with the role worker
     */
    record NoTaker(String type, int workers) implements WaitReason {}

    /**
     * A worker runs it.
     *
     * @param until the lease ends then, unless it is extended
     */
    record Held(String worker, Instant until) implements WaitReason {}
}
