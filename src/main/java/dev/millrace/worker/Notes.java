package dev.millrace.worker;

import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Report;
import dev.millrace.task.LogLine;
import dev.millrace.task.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a handler said and the store was not told yet. */
final class Notes {
    private static final int LONGEST_MESSAGE = 1024;

    private Progress progress;
    private Deque<String> lines;

    /** True when there was nothing before. */
    synchronized boolean progress(int percent, String message) {
        boolean first = isEmpty();
        progress = new Progress(Math.clamp(percent, 0, 100), cut(message, LONGEST_MESSAGE));
        return first;
    }

    /** True when there was nothing before. */
    synchronized boolean log(String line) {
        boolean first = isEmpty();
        if (lines == null) {
            lines = new ArrayDeque<>();
        }
        if (lines.size() == LogLine.LIMIT) {
            lines.removeFirst();
        }
        lines.addLast(cut(String.valueOf(line), LogLine.MAX_LENGTH));
        return first;
    }

    synchronized boolean isEmpty() {
        return progress == null && lines == null;
    }

    /** All of it, which is forgotten here; null when there is nothing. */
    synchronized Report take(LeaseToken token) {
        if (isEmpty()) {
            return null;
        }
        Report report = new Report(token, progress, lines == null ? List.of() : List.copyOf(lines));
        progress = null;
        lines = null;
        return report;
    }

    private static String cut(String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
