package dev.millrace.api;

import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.Report;
import dev.millrace.task.Cause;
import dev.millrace.task.LogLine;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import java.time.Duration;
import java.util.List;

/** Reads how an attempt went, or how far it is. */
final class OutcomeReader {
    private static final int MAX_TEXT = 64 << 10;
    private static final int MAX_MESSAGE = 1024;

    private OutcomeReader() {}

    static Outcome succeeded(JsonInput in, int resultLimit) {
        Payload result = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "result" -> result = in.raw(resultLimit);
                    default -> in.unknown();
                }
            }
        }
        return new Outcome.Succeeded(result);
    }

    /** Type and message are cut where they are too long, since what failed has other worries. */
    static Outcome failed(JsonInput in) {
        String type = null;
        String message = null;
        Boolean retryable = null;
        Duration retryAfter = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "type" -> type = Values.anyString(in, MAX_TEXT);
                    case "message" -> message = Values.anyString(in, MAX_TEXT);
                    case "retryable" -> retryable = Values.bool(in);
                    case "retryAfter" -> retryAfter = Values.duration(in, Duration.ZERO, OptionsReader.LONGEST);
                    default -> in.unknown();
                }
            }
        }
        return new Outcome.Failed(
                new TaskError(type, message), retryable == null || retryable, retryAfter, Cause.FAILED);
    }

    static Outcome released(JsonInput in) {
        Duration delay = null;
        String reason = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "delay" -> delay = Values.duration(in, Duration.ZERO, OptionsReader.LONGEST);
                    case "reason" -> reason = Values.anyString(in, MAX_MESSAGE);
                    default -> in.unknown();
                }
            }
        }
        return new Outcome.Released(delay, reason);
    }

    static Duration extension(JsonInput in) {
        Duration lease = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "lease" -> lease = Values.duration(in, LeaseReader.SHORTEST, LeaseRequest.LONGEST);
                    default -> in.unknown();
                }
            }
        }
        return lease == null ? LeaseReader.USUAL : lease;
    }

    static Report report(JsonInput in, LeaseToken token) {
        Integer percent = null;
        String message = null;
        List<String> log = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "percent" -> percent = Values.integer(in, 0, 100);
                    case "message" -> message = Values.anyString(in, MAX_MESSAGE);
                    case "log" -> log = Values.lines(in, LogLine.LIMIT, MAX_TEXT);
                    default -> in.unknown();
                }
            }
        }
        Progress progress = percent == null && message == null ? null : new Progress(percent, message);
        return new Report(token, progress, log == null ? List.of() : log);
    }
}
