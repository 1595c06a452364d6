package dev.millrace.delivery.push;

import dev.millrace.task.Payload;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes an answer's body as it comes, keeps the first 64 KiB, and gives up on those that do not end. */
final class AnswerReader {
    static final int KEPT = 64 * 1024;
    private static final int EXCERPT = 4 * 1024;
    /** So much is read to the end, to keep the connection; of what is longer the rest is not worth it. */
    private static final int WORTH_READING = 1024 * 1024;

    private static final int MOST_HEADERS = 32;
    private static final int LONGEST_VALUE = 1024;
    /** Nothing that gives access to anything, and no addresses. */
    private static final Set<String> SAFE = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "content-language",
            "date",
            "etag",
            "last-modified",
            "request-id",
            "retry-after",
            "server",
            "x-request-id");

    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private final Buffer kept = Buffer.buffer();
    private long size;

    AnswerReader(int status, MultiMap all) {
        this.status = status;
        for (Map.Entry<String, String> header : all) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean safe = SAFE.contains(name) || name.startsWith("millrace-") || name.startsWith("ratelimit");
            if (safe && headers.size() < MOST_HEADERS) {
                headers.putIfAbsent(name, cut(header.getValue()));
            }
        }
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
    }

    int status() {
        return status;
    }

    /** False when no more is wanted. */
    boolean take(Buffer chunk) {
        size += chunk.length();
        int room = KEPT - kept.length();
        if (room > 0) {
            kept.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
        }
        return size <= WORTH_READING;
    }

    PushAnswer.Answered answer(Duration elapsed) {
        boolean plain = "identity".equals(headers.getOrDefault("content-encoding", "identity"));
        byte[] bytes = kept.getBytes(0, Math.min(EXCERPT, kept.length()));
        String excerpt = plain ? new String(bytes, StandardCharsets.UTF_8) : "";
        return new PushAnswer.Answered(
                status, Map.copyOf(headers), excerpt, plain ? result().orElse(null) : null, elapsed);
    }

    /** A body counts as JSON when it is, and its type, if there is one, does not say that it is something else. */
    private Optional<Payload> result() {
        String type = headers.getOrDefault("content-type", "application/json").toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        String media = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        boolean json = media.equals("application/json") || media.endsWith("+json");
        return json && size > 0 && size <= KEPT ? JsonBody.read(kept.getBytes()) : Optional.empty();
    }
}
