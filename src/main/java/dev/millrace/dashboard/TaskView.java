package dev.millrace.dashboard;

import dev.millrace.task.Backoff;
import dev.millrace.task.Payload;
import dev.millrace.task.RetryPolicy;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * All that the page of a task shows.
 *
 * @param waits why it does not run yet, or who runs it
 */
public record TaskView(Task task, Timeline timeline, List<WaitText> waits, String curl) {
    /** Text that is kept on the page for copying, at most. */
    private static final int COPIED = 64 << 10;

    public String id() {
        return task.id().value();
    }

    public String path() {
        return "/tasks/" + id();
    }

    public String state() {
        return task.state().wire();
    }

    public String typeInUrl() {
        return URLEncoder.encode(task.spec().type(), StandardCharsets.UTF_8);
    }

    /** The page shows itself anew while there is something to come. */
    public boolean live() {
        return !task.state().terminal();
    }

    public boolean mayRetry() {
        return task.state().terminal();
    }

    public boolean mayRunNow() {
        return task.state() == TaskState.SCHEDULED;
    }

    public boolean mayCancel() {
        return !task.state().terminal();
    }

    public boolean failed() {
        return task.details().error() != null && task.state() != TaskState.SUCCEEDED;
    }

    /** Spent ready, over all its runs; null when that is not known. */
    public Duration waited() {
        return spent(TaskState.READY);
    }

    /** Spent running, over all its runs. */
    public Duration ran() {
        return spent(TaskState.RUNNING);
    }

    private Duration spent(TaskState state) {
        return timeline.steps().stream()
                .filter(step -> step.event().state() == state && step.lasted() != null)
                .map(Timeline.Step::lasted)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How it is retried, in words. */
    public String retries() {
        RetryPolicy retry = task.spec().retry();
        if (retry.maxAttempts() == 1) {
            return "never";
        }
        Backoff backoff = retry.backoff();
        String jitter = backoff.jitter() == Backoff.Jitter.NONE
                ? ""
                : ", " + backoff.jitter().name().toLowerCase(Locale.ROOT) + " jitter";
        return backoff.kind().name().toLowerCase(Locale.ROOT) + " from " + Format.span(backoff.base()) + " to "
                + Format.span(backoff.max()) + jitter;
    }

    public JsonView payload() {
        return JsonView.of(task.spec().payload());
    }

    /** Null when there is none. */
    public JsonView result() {
        return task.details().result() == null
                ? null
                : JsonView.of(task.details().result());
    }

    /**
     * JSON to look at and to copy.
     *
     * @param text as it was sent; null when it is too long to be kept on the page
     */
    public record JsonView(JsonTree tree, String text, long size) {
        static JsonView of(Payload payload) {
            String text = payload.size() > COPIED ? null : new String(payload.json(), StandardCharsets.UTF_8);
            return new JsonView(JsonTree.of(payload), text, payload.size());
        }
    }
}
