package dev.millrace.storage.sqlite;

import dev.millrace.queue.QueueConfig;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import java.util.EnumMap;
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
    /** By the code of the state; of ended tasks alone. */
    final long[] endedBytes = new long[STATES];

    /** When the bucket of its rate limit will be full, in microseconds. */
    long bucketFull;

    final Map<String, Lane> lanes = new HashMap<>();
    final Map<Long, Lane> lanesByNumber = new HashMap<>();
    /** Lanes with a scheduled, ready or blocked task. */
    int waitingLanes;

    /** What is counted of the present minute; null before anything was. */
    MinuteCounts minute;

    /** Those that ended before these, by state, all have a retention of their own. */
    final Map<TaskState, Long> ownUntil = new EnumMap<>(TaskState.class);

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
        /** Or {@code @destination}. */
        final String type;

        private final String destination;
        long waiting;
        long live;
        /** No ready task has a better rank; spares those that are far behind a look at their line. */
        long bestRank = Long.MIN_VALUE;

        Lane(long number, String type) {
            this.number = number;
            this.type = type;
            this.destination = type.charAt(0) == TaskSpec.DESTINATION_MARK ? type.substring(1) : null;
        }

        boolean isDestination() {
            return destination != null;
        }

        String destination() {
            return destination;
        }
    }

    void add(Lane lane) {
        lanes.put(lane.type, lane);
        lanesByNumber.put(lane.number, lane);
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

    long bytes(TaskState ended) {
        return endedBytes[ended.code()];
    }

    /** Of succeeded, cancelled and expired tasks. */
    long bytesButDead() {
        return bytes(TaskState.SUCCEEDED) + bytes(TaskState.CANCELLED) + bytes(TaskState.EXPIRED);
    }

    /** How many more tasks may be leased. */
    long room() {
        return config.room(count(TaskState.RUNNING));
    }

    /** Takes a record out of the counters (-1) or puts it in (+1), in the state that it has. */
    void count(TaskRecord record, int by) {
        changed = true;
        int state = record.state;
        counts[state] += by;
        long bytes = by * record.size;
        if (state < TaskState.SUCCEEDED.code()) {
            waitingBytes += bytes;
            Lane lane = lanesByNumber.get(record.lane);
            count(lane, by, state == TaskState.RUNNING.code() ? 0 : by);
            if (state == TaskState.READY.code() && by > 0) {
                lane.bestRank = Math.min(lane.bestRank, record.rank());
            }
        } else {
            endedBytes[state] += bytes;
        }
    }

    private void count(Lane lane, int live, int waiting) {
        waitingLanes -= lane.waiting > 0 ? 1 : 0;
        lane.live += live;
        lane.waiting += waiting;
        waitingLanes += lane.waiting > 0 ? 1 : 0;
    }

    /** The counters of lanes that something lives in. */
    byte[] encodeLanes() {
        ByteWriter out = new ByteWriter(16 * lanes.size());
        for (Lane lane : lanes.values()) {
            if (lane.live > 0) {
                out.varint(lane.number);
                out.varint(lane.waiting);
                out.varint(lane.live);
            }
        }
        return out.toArray();
    }

    /** The lanes are there already, without counters. */
    void decodeLanes(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        while (!in.atEnd()) {
            Lane lane = lanesByNumber.get(in.varint());
            lane.waiting = in.varint();
            lane.live = in.varint();
            waitingLanes += lane.waiting > 0 ? 1 : 0;
        }
    }
}
