package dev.millrace.dashboard;

import dev.millrace.monitor.Pace;
import dev.millrace.monitor.WaitReason;
import dev.millrace.task.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * Why a task waits, in words.
 *
 * @param grave somebody has to do something about it
 * @param detail null for none
 * @param at a moment that goes with it, told after the headline; null for none
 * @param link address of a page on which to do something about it; null for none
 */
public record WaitText(boolean grave, String headline, String detail, Instant at, String link, String linkText) {
    static WaitText of(WaitReason reason, Task task) {
        return switch (reason) {
            case WaitReason.Paused() -> paused(task.queue());
            case WaitReason.Due(Instant at) -> plain("Scheduled: it is due", null, at);
            case WaitReason.RetryWait(int failures, int of, Instant at) ->
                plain("Attempt " + failures + " of " + of + " failed; the next is due", null, at);
            case WaitReason.Released(Instant at, String why) ->
                plain("A worker gave it back; it is due again", why, at);
            case WaitReason.Blocked() -> plain("It waits for other tasks to end", null, null);
            case WaitReason.InLine line -> inLine(line, task);
            case WaitReason.Next(Duration estimate) ->
                plain("It is next", "It starts as soon as a worker has room.", null);
            case WaitReason.AtConcurrency(long running, long concurrency) ->
                atConcurrency(task.queue(), running, concurrency);
            case WaitReason.AtRate(long limit, Duration per, Instant at) -> atRate(task.queue(), limit, per, at);
            case WaitReason.NoWorker() ->
                noWorker("No worker is running", "Start a process with the worker role, or lease the task over HTTP.");
            case WaitReason.AllQuiet(int workers) ->
                noWorker(
                        workers == 1 ? "The only worker is quiet" : "All " + workers + " workers are quiet",
                        "They take nothing new until somebody resumes them.");
            case WaitReason.NoTaker(String type, int workers) -> noTaker(type, workers);
            case WaitReason.Held(String worker, Instant until) ->
                plain("Worker " + worker + " runs it; its lease ends", null, until);
        };
    }

    private static WaitText paused(String queue) {
        return new WaitText(
                true,
                "The queue is paused",
                "Nothing in " + queue + " is started until somebody resumes it.",
                null,
                "/queues/" + queue,
                "Open the queue");
    }

    private static WaitText noWorker(String headline, String detail) {
        return new WaitText(true, headline, detail, null, "/workers", "Workers");
    }

    private static WaitText atRate(String queue, long limit, Duration per, Instant at) {
        return new WaitText(
                false,
                "The queue's rate is used up; the next may start",
                "At most " + Format.grouped(limit) + " tasks of " + queue + " are started in " + Format.span(per)
                        + ", as its settings say.",
                at,
                "/queues/" + queue,
                "Open the queue");
    }

    private static WaitText atConcurrency(String queue, long running, long concurrency) {
        return new WaitText(
                false,
                Format.grouped(running)
                        + (running == 1 ? " task of the queue runs" : " tasks of the queue run")
                        + ", and no more may at once",
                "The concurrency of " + queue + " is " + Format.grouped(concurrency)
                        + ": it starts when one of them ends and its turn has come.",
                null,
                "/queues/" + queue,
                "Open the queue");
    }

    private static WaitText inLine(WaitReason.InLine line, Task task) {
        String count = (line.atLeast() ? "At least " : "") + Format.grouped(line.ahead());
        String detail = line.estimate() == null
                ? "Counted among those of type " + task.spec().type() + " in " + task.queue() + "."
                : "At the pace of the last " + Pace.LOOK.toMinutes() + " minutes it starts in "
                        + (line.atLeast() ? "more than " : "about ") + Format.span(line.estimate()) + ".";
        return plain(count + (line.ahead() == 1 ? " task goes first" : " tasks go first"), detail, null);
    }

    private static WaitText noTaker(String type, int workers) {
        String who = workers == 0
                ? "Workers lease from this queue"
                : workers == 1 ? "One worker is up" : workers + " workers are up";
        return new WaitText(
                true,
                "No worker takes tasks of type " + type,
                who + ", but none has run one in the last " + Pace.LOOK.toMinutes()
                        + " minutes: probably none has a handler for it.",
                null,
                "/workers",
                "Workers");
    }

    private static WaitText plain(String headline, String detail, Instant at) {
        return new WaitText(false, headline, detail, at, null, null);
    }
}
