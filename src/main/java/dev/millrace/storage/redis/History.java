package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.task.Cause;
import dev.millrace.task.Event;
import dev.millrace.task.Status;
import dev.millrace.task.TaskSpec;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A task's history, from three sources in this order: its submission, the events that scripts kept (what is not regular,
 * and what was regular before it), and what is regular since, which its record tells.
 */
final class History {
    private History() {}

    /** The fields of an event as kept, with the worker's number in place of its name. */
    private record Kept(Event event, int worker) {}

    /** Worker numbers that the events kept name. */
    static List<Integer> workers(byte[] kept) {
        return kept == null ? List.of() : read(kept).stream().map(Kept::worker).toList();
    }

    /**
     * @param kept null when nothing irregular has happened
     */
    static List<Event> of(TaskSpec spec, TaskRecord record, byte[] kept, Map<Integer, String> workers) {
        List<Event> events = new ArrayList<>();
        if (kept != null) {
            read(kept).forEach(one -> events.add(named(one, workers)));
        }
        addRegular(events, record, workers);
        Cause next = events.isEmpty() ? null : events.getFirst().cause();
        TaskState first = bornReady(record, next)
                ? TaskState.READY
                : Status.submitted(spec).state();
        events.addFirst(new Event(spec.origin().createdAt(), first, Cause.SUBMITTED, 0, null, null));
        return shortened(events);
    }

    /** Also one that was to wait is ready at once when it was due by the time it came into the store. */
    private static boolean bornReady(TaskRecord record, Cause next) {
        return switch (next) {
            case null -> record.state() == TaskState.READY;
            case LEASED -> true;
            case CANCELLED, REPLACED, EXPIRED -> record.due() == 0;
            default -> false;
        };
    }

    private static void addRegular(List<Event> events, TaskRecord record, Map<Integer, String> workers) {
        boolean started = record.state() == TaskState.RUNNING || record.state() == TaskState.SUCCEEDED;
        boolean pending = started && !record.has(Flags.LOGGED);
        if (record.has(Flags.WAS_DUE)) {
            int attempt = pending ? record.attempts() - 1 : record.attempts();
            events.add(new Event(at(record.at()), TaskState.READY, Cause.DUE, attempt, null, null));
        }
        if (!pending) {
            return;
        }
        String worker = workers.get(record.worker());
        events.add(new Event(at(record.started()), TaskState.RUNNING, Cause.LEASED, record.attempts(), worker, null));
        if (record.state() == TaskState.SUCCEEDED) {
            events.add(new Event(
                    at(record.until()), TaskState.SUCCEEDED, Cause.COMPLETED, record.attempts(), worker, null));
        }
    }

    private static List<Event> shortened(List<Event> events) {
        int size = events.size();
        if (size <= 2 * Event.KEPT_EACH_END) {
            return events;
        }
        List<Event> ends = new ArrayList<>(events.subList(0, Event.KEPT_EACH_END));
        ends.addAll(events.subList(size - Event.KEPT_EACH_END, size));
        return ends;
    }

    private static Event named(Kept kept, Map<Integer, String> workers) {
        Event event = kept.event();
        String worker = kept.worker() == 0 ? null : workers.get(kept.worker());
        return new Event(event.at(), event.state(), event.cause(), event.attempt(), worker, event.message());
    }

    private static List<Kept> read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<Kept> events = new ArrayList<>();
        in.u8();
        while (!in.atEnd()) {
            int end = in.u16();
            end += in.position();
            Instant at = at(in.u48());
            TaskState state = TaskState.ofCode(in.u8());
            Cause cause = Cause.ofCode(in.u8());
            int attempt = in.u8();
            int worker = TaskRecord.u24(in);
            String message = SideData.text(in.bytes(end - in.position()));
            events.add(
                    new Kept(new Event(at, state, cause, attempt, null, message.isEmpty() ? null : message), worker));
        }
        return events;
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
