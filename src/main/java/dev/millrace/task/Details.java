package dev.millrace.task;

import java.util.List;

/**
 * What a task's runs left behind.
 *
 * @param progress null when none was reported
 * @param result null unless it succeeded with one
 * @param error of the latest failed attempt; null when none failed since the last success
 * @param history oldest first; empty where only a list was asked for
 * @param log oldest first; empty where only a list was asked for
 */
public record Details(Progress progress, Payload result, TaskError error, List<Event> history, List<LogLine> log) {
    public static final Details NONE = new Details(null, null, null, List.of(), List.of());
}
