package dev.millrace.delivery.route;

import dev.millrace.delivery.push.PushAnswer;
import dev.millrace.delivery.push.Ruling;
import dev.millrace.task.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is kept of an answer that was no plain success: with the attempt, and among the destination's recent errors. */
final class Notes {
    private Notes() {}

    /** Empty for a success whose body, if it has one, is the task's result. */
    static Optional<RouteView.Trouble> of(String backend, PushAnswer answer, Ruling ruling, Instant now) {
        return switch (answer) {
            case PushAnswer.Answered answered ->
                answered.status() / 100 == 2
                                && (answered.result() != null
                                        || answered.excerpt().isEmpty())
                        ? Optional.empty()
                        : Optional.of(new RouteView.Trouble(now, backend, "answered " + answered.status(), null));
            case PushAnswer.NotSent notSent ->
                Optional.of(new RouteView.Trouble(
                        now, backend, "could not be reached", notSent.reason() + ": " + notSent.detail()));
            case PushAnswer.Unknown unknown ->
                Optional.of(new RouteView.Trouble(
                        now, backend, "gave no full answer", unknown.loss() + ": " + unknown.detail()));
        };
    }

    /**
     * Status, headers and the start of the body, in lines as long as a log's may be. Of a backend that could not be reached
     * nothing that tells why, not even how soon that was known.
     */
    static List<String> lines(RouteView.Trouble trouble, PushAnswer answer) {
        List<String> lines = new ArrayList<>();
        String sentence = trouble.backend() + " " + trouble.message();
        boolean reached = !(answer instanceof PushAnswer.NotSent);
        lines.add(reached ? sentence + " after " + answer.elapsed().toMillis() + " ms" : sentence);
        if (answer instanceof PushAnswer.Answered answered) {
            StringBuilder headers = new StringBuilder();
            for (Map.Entry<String, String> header : new TreeMap<>(answered.headers()).entrySet()) {
                headers.append(headers.isEmpty() ? "" : "; ")
                        .append(header.getKey())
                        .append(": ")
                        .append(header.getValue());
            }
            cut(headers.toString(), lines);
            cut(answered.excerpt(), lines);
        }
        return lines;
    }

    private static void cut(String text, List<String> lines) {
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + LogLine.MAX_LENGTH);
            boolean split = to < text.length() && Character.isHighSurrogate(text.charAt(to - 1));
            to -= split ? 1 : 0;
            lines.add(text.substring(from, to));
            from = to;
        }
    }
}
