package dev.millrace.dashboard;

import dev.millrace.monitor.ErrorGroup;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.RateLimit;
import dev.millrace.task.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the page of a queue shows.
 *
 * @param failures the latest kinds of failure
 */
public record QueueView(QueueSnapshot queue, QueueRow row, Range range, Charts charts, List<ErrorGroup> failures) {
    /** How many tasks are in a state. */
    public record InState(TaskState state, long count) {}

    /** All that tasks are in by themselves, and blocked when some are. */
    public List<InState> states() {
        return Arrays.stream(TaskState.values())
                .map(state -> new InState(state, queue.count(state)))
                .filter(in -> in.state() != TaskState.BLOCKED || in.count() > 0)
                .toList();
    }

    public Range[] ranges() {
        return Range.values();
    }

    /** Its settings, in words: those that differ from the defaults come with the others. */
    public List<Fact> settings() {
        var retention = queue.retention();
        var own = queue.config().retention();
        var defaults = queue.config().defaults();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Tasks at most", limit(queue.config().maxDepth())),
                new Fact("Running at once", atOnce()),
                new Fact("Started at most", rate()),
                new Fact(
                        "Priority",
                        defaults.priority() == null ? "5" : defaults.priority().toString()),
                new Fact(
                        "Attempts",
                        defaults.maxAttempts() == null
                                ? "5"
                                : defaults.maxAttempts().toString()),
                new Fact("Timeout", defaults.timeout() == null ? "5 min" : Format.span(defaults.timeout())),
                new Fact("Time to live", defaults.ttl() == null ? "no limit" : Format.span(defaults.ttl()))));
        for (TaskState state : QueueConfig.Retention.STATES) {
            facts.add(new Fact(
                    "Kept when " + state.wire(),
                    kept(retention.of(state)) + own(!own.of(state).equals(Kept.USUAL))));
        }
        facts.add(new Fact("Repeats recognised for", Format.span(retention.dedupe()) + own(own.dedupe() != null)));
        return facts;
    }

    private static String own(boolean said) {
        return said ? " (set here)" : "";
    }

    private static String kept(Kept kept) {
        return Format.span(kept.age())
                + (kept.count() == null ? "" : ", " + Format.grouped(kept.count()) + " tasks")
                + (kept.bytes() == null ? "" : ", " + Format.bytes(kept.bytes()));
    }

    private String rate() {
        RateLimit rate = queue.config().rate();
        if (rate == null) {
            return limit(null);
        }
        String burst = rate.burst() == null ? "" : ", " + Format.grouped(rate.burst()) + " at once";
        return limit(rate.limit()) + " in " + Format.span(rate.per()) + burst;
    }

    private String atOnce() {
        Long most = queue.config().concurrency();
        return most == null
                ? limit(null)
                : "at most " + limit(most) + ", now " + Format.grouped(queue.count(TaskState.RUNNING));
    }

    private static String limit(Long most) {
        return most == null ? "no limit" : Format.grouped(most);
    }

    /** A name and what it is. */
    public record Fact(String name, String value) {}
}
