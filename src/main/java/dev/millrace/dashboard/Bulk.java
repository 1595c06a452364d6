package dev.millrace.dashboard;

import dev.millrace.queue.Action;
import dev.millrace.queue.ActionReport;
import dev.millrace.queue.TaskFilter;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Something to be done to many tasks.
 *
 * @param action null when none was chosen
 * @param ids of those selected; empty when all that match are meant
 * @param query what they were selected from, or have to match
 * @param patch a merge patch for the payloads; blank for none
 * @param matched how many it is about, as far as was counted
 * @param counting more may match than were counted
 * @param fault of the patch; null for none
 */
public record Bulk(
        Action action,
        List<TaskId> ids,
        TaskQuery query,
        boolean all,
        String patch,
        String from,
        long matched,
        boolean counting,
        JsonCheck.Checked.Wrong fault) {
    /** Tasks selected by hand, at most. */
    private static final int MOST = 500;

    static Bulk read(UnaryOperator<String> given, List<String> ids, Instant now) {
        String action = given.apply("action");
        List<TaskId> valid = ids.stream()
                .filter(TaskId::isValid)
                .distinct()
                .limit(MOST)
                .map(TaskId::new)
                .toList();
        boolean all = ids.isEmpty() && !"selected".equals(given.apply("scope")) || "all".equals(given.apply("scope"));
        String patch = given.apply("patch");
        return new Bulk(
                action(action),
                all ? List.of() : valid,
                TaskQuery.read(given, now),
                all,
                patch == null ? "" : patch,
                "dead-letters".equals(given.apply("from")) ? "dead-letters" : "",
                valid.size(),
                false,
                null);
    }

    private static Action action(String text) {
        for (Action action : Action.values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(text)) {
                return action;
            }
        }
        return null;
    }

    /** Nothing was selected, or the filter is not valid, so that it would match too much. */
    boolean nothing() {
        return all ? !query.faults().isEmpty() : ids.isEmpty();
    }

    Bulk counted(ActionReport dryRun) {
        return new Bulk(action, ids, query, all, patch, from, dryRun.matched(), dryRun.next() != null, fault);
    }

    Bulk withFault(JsonCheck.Checked.Wrong wrong) {
        return new Bulk(action, ids, query, all, patch, from, matched, counting, wrong);
    }

    public String verb() {
        return action.name().toLowerCase(Locale.ROOT);
    }

    public boolean retries() {
        return action == Action.RETRY;
    }

    public String title() {
        return Character.toUpperCase(verb().charAt(0)) + verb().substring(1) + " tasks";
    }

    /** {@code 3 tasks}, {@code 1 task}, {@code 10,000+ tasks}. */
    public String count() {
        return Format.grouped(matched) + (counting ? "+" : "") + (matched == 1 && !counting ? " task" : " tasks");
    }

    /** Where the browser goes after it. */
    public String back() {
        return from.isEmpty() ? "/tasks" + query.search() : "/" + from;
    }

    public int walk() {
        return TaskFilter.WALK;
    }

    /** What they have to match, in words. */
    public Map<String, String> conditions() {
        return query.values();
    }

    String told(ActionReport report) {
        String done = switch (action) {
            case RETRY -> "ready again";
            case CANCEL -> "cancelled";
            case DELETE -> "deleted";
        };
        StringBuilder text = new StringBuilder(Format.grouped(report.done()))
                .append(report.done() == 1 ? " task is " : " tasks are ")
                .append(done)
                .append('.');
        long others = report.matched() - report.done();
        if (others > 0) {
            text.append(' ')
                    .append(Format.grouped(others))
                    .append(others == 1 ? " was" : " were")
                    .append(" not: changed meanwhile, or its state does not allow it.");
        }
        if (report.next() != null) {
            text.append(" There are more: do it again.");
        }
        return text.toString();
    }
}
