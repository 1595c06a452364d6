package dev.millrace.delivery.push;

import dev.millrace.delivery.sign.Signatures;
import dev.millrace.delivery.sign.SigningSecret;
import dev.millrace.queue.Lease;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A task as it is put to a backend: CloudEvents 1.0, signed as Standard Webhooks 1.0 says. Made anew for each attempt,
 * and the same for every backend that is tried within it.
 */
public record Letter(List<Map.Entry<String, String>> headers, byte[] body) {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Tasks that were submitted together have the same time, and mostly go together. */
    private static volatile Written lastTime = new Written(Instant.EPOCH, TIME.format(Instant.EPOCH));

    private record Written(Instant at, String text) {}

    /** Where the event's attributes go. */
    public enum Format {
        /** Into headers; the body is the payload, byte for byte. */
        BINARY,
        /** Into a JSON document around the payload. */
        STRUCTURED
    }

    /**
     * How a destination wants its letters.
     *
     * @param secrets to sign with; two while receivers change from one to the other; empty for none
     */
    public record Style(Format format, List<SigningSecret> secrets) {
        public Style {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * @param token the lease's token on the wire
     * @param now by the store's clock
     */
    public static Letter of(Lease lease, String token, Style style, Instant now) {
        Task task = lease.task();
        List<Map.Entry<String, String>> headers = new ArrayList<>(16);
        byte[] body = task.spec().payload().json();
        if (style.format() == Format.STRUCTURED) {
            body = structured(task);
            headers.add(Map.entry("Content-Type", "application/cloudevents+json; charset=utf-8"));
        } else {
            headers.add(Map.entry("Content-Type", "application/json"));
            attributes(task, headers);
        }
        headers.add(Map.entry("Millrace-Attempt", String.valueOf(task.status().attempts())));
        headers.add(
                Map.entry("Millrace-Generation", String.valueOf(lease.token().generation())));
        headers.add(Map.entry("Millrace-Lease-Token", token));
        if (mayHaveArrived(task)) {
            headers.add(Map.entry("Millrace-Previous-Outcome", "unknown"));
        }
        Traceparent.headers(task, headers);
        sign(task, style.secrets(), now, body, headers);
        return new Letter(List.copyOf(headers), body);
    }

    /** An earlier delivery was sent, and what became of it is not known. */
    private static boolean mayHaveArrived(Task task) {
        boolean unknown = task.details().error() != null
                && Rulings.UNKNOWN.equals(task.details().error().type());
        return unknown || task.status().crashes() > 0;
    }

    private static void attributes(Task task, List<Map.Entry<String, String>> headers) {
        headers.add(Map.entry("ce-specversion", "1.0"));
        headers.add(Map.entry("ce-id", task.id().value()));
        headers.add(Map.entry("ce-source", source(task)));
        headers.add(Map.entry("ce-type", task.spec().type()));
        headers.add(Map.entry("ce-time", time(task)));
    }

    /** Ids, queue names and types hold nothing that JSON or a header would have to escape. */
    private static byte[] structured(Task task) {
        String head = "{\"specversion\":\"1.0\",\"id\":\"" + task.id().value() + "\",\"source\":\"" + source(task)
                + "\",\"type\":\"" + task.spec().type() + "\",\"time\":\"" + time(task)
                + "\",\"datacontenttype\":\"application/json\",\"data\":";
        Payload payload = task.spec().payload();
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[start.length + payload.size() + 1];
        System.arraycopy(start, 0, body, 0, start.length);
        System.arraycopy(payload.json(), 0, body, start.length, payload.size());
        body[body.length - 1] = '}';
        return body;
    }

    private static void sign(
            Task task, List<SigningSecret> secrets, Instant now, byte[] body, List<Map.Entry<String, String>> headers) {
        String id = task.id().value();
        long seconds = now.getEpochSecond();
        headers.add(Map.entry("webhook-id", id));
        headers.add(Map.entry("webhook-timestamp", String.valueOf(seconds)));
        if (!secrets.isEmpty()) {
            headers.add(Map.entry("webhook-signature", Signatures.header(secrets, id, seconds, body)));
        }
    }

    private static String source(Task task) {
        return "/queues/" + task.queue();
    }

    private static String time(Task task) {
        Instant created = task.spec().origin().createdAt();
        Written last = lastTime;
        if (!last.at().equals(created)) {
            last = new Written(created, TIME.format(created));
            lastTime = last;
        }
        return last.text();
    }

    /** Never shows the body. */
    @Override
    public String toString() {
        return "Letter[" + body.length + " bytes]";
    }
}
