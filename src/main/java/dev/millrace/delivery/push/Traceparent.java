package dev.millrace.delivery.push;

import dev.millrace.task.Task;
import dev.millrace.task.TraceContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** W3C trace context from submission to delivery: one trace for all attempts, a parent of its own for each. */
public final class Traceparent {
    private static final int PARENT = 36;
    private static final int FLAGS = 52;
    private static final long PRIME = 0x100000001B3L;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private Traceparent() {}

    /** Adds both headers for one request on behalf of a task. */
    public static void headers(Task task, List<Map.Entry<String, String>> headers) {
        headers.add(Map.entry("traceparent", next(task)));
        TraceContext trace = task.spec().origin().trace();
        if (trace != null && trace.state() != null) {
            headers.add(Map.entry("tracestate", trace.state()));
        }
    }

    /** The header for one request on behalf of a task. */
    private static String next(Task task) {
        TraceContext trace = task.spec().origin().trace();
        String submitted = trace == null ? null : trace.parent();
        String parent = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        return submitted == null
                ? "00-" + trace(task.id().value()) + "-" + parent + "-00"
                : "00-" + submitted.substring(3, PARENT - 1) + "-" + parent + "-" + flags(submitted);
    }

    private static String flags(String traceparent) {
        return traceparent.substring(FLAGS + 1, FLAGS + 3);
    }

    /** The same for every attempt of a task, without having to be kept; not all zeros, which would be invalid. */
    private static String trace(String id) {
        long high = 0;
        long low = 1;
        for (int i = 0; i < id.length(); i++) {
            high = (high ^ id.charAt(i)) * PRIME;
            low = Long.rotateLeft(low * ODD + id.charAt(i), 27);
        }
        return HexFormat.of().toHexDigits(spread(high)) + HexFormat.of().toHexDigits(spread(low) | 1);
    }

    /** Each bit depends on all of the others; SplitMix64's. */
    private static long spread(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }
}
