package dev.millrace.delivery.push;

import dev.millrace.task.Task;
import dev.millrace.task.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** W3C trace context from submission to delivery: one trace for all attempts, a parent of its own for each. */
public final class Traceparent {
    private static final int PARENT = 36;
    private static final int FLAGS = 52;

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

    /** The same for every attempt of a task, without having to be kept. */
    private static String trace(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
