package dev.millrace.api;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads a change of how long ended tasks are kept: by state, and in short for succeeded, cancelled and expired ones
 * together ({@code age}, {@code count}, {@code bytes}) and dead ones ({@code deadAge}). What is said of a state goes before
 * the short form, wherever it stands; null goes back to what is usual.
 */
final class RetentionReader {
    /** What they make is there for the next. */
    private final Map<TaskState, List<UnaryOperator<Kept>>> together = new EnumMap<>(TaskState.class);

    private final Map<TaskState, List<UnaryOperator<Kept>>> single = new EnumMap<>(TaskState.class);
    private Duration dedupe;

    private RetentionReader(Duration dedupe) {
        this.dedupe = dedupe;
        for (TaskState state : Retention.STATES) {
            together.put(state, new ArrayList<>());
            single.put(state, new ArrayList<>());
        }
    }

    /** What is kept after the change. */
    static Retention read(JsonInput in, Retention before) {
        RetentionReader reader = new RetentionReader(before.dedupe());
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                reader.take(name, in);
            }
        }
        return Retention.of(state -> reader.changed(state, before.of(state)), reader.dedupe);
    }

    private void take(String name, JsonInput in) {
        switch (name) {
            case "succeeded" -> state(TaskState.SUCCEEDED, in);
            case "dead" -> state(TaskState.DEAD, in);
            case "cancelled" -> state(TaskState.CANCELLED, in);
            case "expired" -> state(TaskState.EXPIRED, in);
            case "deadAge" -> together.get(TaskState.DEAD).add(bound("age", in));
            case "dedupe" -> dedupe = age(in);
            default -> {
                UnaryOperator<Kept> bound = bound(name, in);
                for (TaskState state : List.of(TaskState.SUCCEEDED, TaskState.CANCELLED, TaskState.EXPIRED)) {
                    together.get(state).add(bound);
                }
            }
        }
    }

    private void state(TaskState state, JsonInput in) {
        if (in.isNull()) {
            single.get(state).add(_ -> Kept.USUAL);
        } else if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                single.get(state).add(bound(name, in));
            }
        }
    }

    private static UnaryOperator<Kept> bound(String name, JsonInput in) {
        switch (name) {
            case "age" -> {
                Duration age = age(in);
                return kept -> new Kept(age, kept.count(), kept.bytes());
            }
            case "count" -> {
                Long count = Values.whole(in, 0, QueueConfigReader.MAX_COUNT);
                return kept -> new Kept(kept.age(), count, kept.bytes());
            }
            case "bytes" -> {
                Long bytes = Values.whole(in, 0, QueueConfigReader.MAX_BYTES);
                return kept -> new Kept(kept.age(), kept.count(), bytes);
            }
            default -> {
                in.unknown();
                return kept -> kept;
            }
        }
    }

    private static Duration age(JsonInput in) {
        return Values.duration(in, Duration.ZERO, OptionsReader.LONGEST);
    }

    private Kept changed(TaskState state, Kept before) {
        Kept kept = before;
        for (UnaryOperator<Kept> edit : together.get(state)) {
            kept = edit.apply(kept);
        }
        for (UnaryOperator<Kept> edit : single.get(state)) {
            kept = edit.apply(kept);
        }
        return kept;
    }
}
