package dev.millrace.api;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.LeaseCall;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.task.NameRules;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what a worker asks for. */
final class LeaseReader {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int MAX_NAMES = 100;
    private static final int MAX_NAME = 128;

    private List<String> queues;
    private Integer max;
    private Duration lease;
    private Duration wait;
    private String worker;
    private List<String> types;

    private LeaseReader() {}

    /**
     * @param queue of the path; null when the body names them
     * @param credential stands for a worker that does not name itself; null when there is none
     */
    static LeaseCall read(JsonInput in, String queue, String credential) {
        LeaseReader reader = new LeaseReader();
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                reader.take(name, in, queue == null);
            }
        }
        if (queue != null) {
            reader.queues = List.of(queue);
        } else if (reader.queues == null && in.faults().isEmpty()) {
            in.faults().add("/queues", "is missing");
        }
        String unnamed = credential == null ? "unnamed" : credential;
        return in.faults().isEmpty() ? reader.call(unnamed) : null;
    }

    private void take(String name, JsonInput in, boolean severalQueues) {
        switch (name) {
            case "max" -> max = Values.integer(in, 1, LeaseRequest.MAX);
            case "lease" -> lease = lease(in);
            case "wait" -> wait = Values.duration(in, Duration.ZERO, LONGEST_WAIT);
            case "worker" -> worker = Values.string(in, MAX_NAME);
            case "types" -> types = names(in, false);
            case "queues" -> {
                if (severalQueues) {
                    queues = names(in, true);
                } else {
                    in.unknown();
                }
            }
            default -> in.unknown();
        }
    }

    static Duration lease(JsonInput in) {
        return Values.duration(in, SHORTEST, LeaseRequest.LONGEST);
    }

    private LeaseCall call(String unnamed) {
        return new LeaseCall(
                List.copyOf(new LinkedHashSet<>(queues)),
                max == null ? 1 : max,
                lease == null ? USUAL : lease,
                wait == null ? Duration.ZERO : wait,
                worker == null ? unnamed : worker,
                types == null ? Lanes.ALL_TYPES : new Lanes.Types(Set.copyOf(types)));
    }

    private static List<String> names(JsonInput in, boolean queues) {
        String pointer = in.pointer();
        List<String> names = Values.strings(in, MAX_NAMES, MAX_NAME);
        if (names == null) {
            return null;
        }
        if (names.isEmpty()) {
            in.faults().add(pointer, "must name at least one, or be left out");
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name != null && !(queues ? NameRules.isQueue(name) : NameRules.isType(name))) {
                in.faults().add(pointer + "/" + i, queues ? Names.QUEUE_RULE : Names.TYPE_RULE);
            }
        }
        return names;
    }
}
