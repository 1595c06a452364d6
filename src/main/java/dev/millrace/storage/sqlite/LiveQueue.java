package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig;
import dev.millrace.task.TaskState;
import java.util.HashMap;
import java.util.Map;

/** A queue in the writer's hands: its counters as they will be after the transaction. */
final class LiveQueue {
    private static final int STATES = TaskState.values().length;

    final int number;
    /** Null once it was deleted. */
    String name;

    boolean paused;
    QueueConfig config;
    long lastUsed;
    final long[] counts = new long[STATES];
    long waitingBytes;
    long deadBytes;
    /** Of succeeded, cancelled and expired tasks. */
    long endedBytes;

    final Map<String, Lane> lanes = new HashMap<>();
    final Map<Long, Lane> lanesByNumber = new HashMap<>();
    /** Lanes with a scheduled, ready or blocked task. */
    int waitingLanes;

    boolean changed;

    /** Nothing is due, runs out or expires before these; they save looking. */
    long dueFrom;

    long deadlineFrom;
    long expiresFrom;

    LiveQueue(int number) {
        this.number = number;
    }

    /** One lane's part of the counters. */
    static final class Lane {
        final long number;
        final String type;
        long waiting;
        long live;
        boolean changed;

        Lane(long number, String type, long waiting, long live) {
            this.number = number;
            this.type = type;
            this.waiting = waiting;
            this.live = live;
        }
    }

    void add(Lane lane) {
        lanes.put(lane.type, lane);
        lanesByNumber.put(lane.number, lane);
        waitingLanes += lane.waiting > 0 ? 1 : 0;
    }

    void remove(Lane lane) {
        lanes.remove(lane.type);
        lanesByNumber.remove(lane.number);
    }

    /** Scheduled, ready and blocked tasks. */
    long depth() {
        return counts[TaskState.SCHEDULED.code()] + counts[TaskState.READY.code()] + counts[TaskState.BLOCKED.code()];
    }

    long count(TaskState state) {
        return counts[state.code()];
    }

    /** Takes a record out of the counters (-1) or puts it in (+1), in the state that it has. */
    void count(TaskRecord record, int by) {
        changed = true;
        int state = record.state;
        counts[state] += by;
        long bytes = by * record.size;
        if (state < TaskState.SUCCEEDED.code()) {
            waitingBytes += bytes;
            count(lanesByNumber.get(record.lane), by, state == TaskState.RUNNING.code() ? 0 : by);
        } else if (state == TaskState.DEAD.code()) {
            deadBytes += bytes;
        } else {
            endedBytes += bytes;
        }
    }

    private void count(Lane lane, int live, int waiting) {
        waitingLanes -= lane.waiting > 0 ? 1 : 0;
        lane.live += live;
        lane.waiting += waiting;
        lane.changed = true;
        waitingLanes += lane.waiting > 0 ? 1 : 0;
    }
}
