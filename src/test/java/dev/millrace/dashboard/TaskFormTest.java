package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.TaskDraft;
import dev.millrace.task.Backoff;
import dev.millrace.task.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFormTest {
    private final Map<String, String> filled = new HashMap<>(Map.of("queue", "mail", "type", "email.send"));

    @Test
    void queueAndTypeAreEnough() {
        TaskDraft draft = read();

        assertThat(draft.type()).isEqualTo("email.send");
        assertThat(draft.payload()).isEqualTo(Payload.NULL);
        assertThat(draft.options().priority()).isNull();
        assertThat(draft.options().backoff()).isNull();
        assertThat(draft.sender().dedupeKey()).isNull();
    }

    @Test
    void everythingIsTakenOver() {
        filled.putAll(Map.of(
                "payload", " {\"a\": 1.10} ",
                "id", "order-42",
                "when", "30s",
                "ttl", "1h",
                "priority", "9",
                "timeout", "PT2M",
                "maxAttempts", "7",
                "backoff", "fixed",
                "base", "10s",
                "tags", "billing, eu  eu"));
        filled.putAll(Map.of("labels", "tenant=acme\n\n zone = a=b ", "unique", "k 1", "retention", "2d"));
        filled.put("destination", "orders");

        TaskDraft draft = read();

        assertThat(draft.payload()).isEqualTo(Payload.of("{\"a\": 1.10}"));
        assertThat(draft.name().value()).isEqualTo("order-42");
        assertThat(draft.options().delay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(draft.options().ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(draft.options().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(draft.options().retention()).isEqualTo(Duration.ofDays(2));
        assertThat(draft.options().backoff())
                .isEqualTo(new Backoff(
                        Backoff.Kind.FIXED, Duration.ofSeconds(10), 2, Duration.ofMinutes(5), Backoff.Jitter.NONE));
        assertThat(draft.marks().tags()).isEqualTo(List.of("billing", "eu"));
        assertThat(draft.marks().labels()).isEqualTo(Map.of("tenant", "acme", "zone", "a=b"));
        assertThat(draft.unique().key()).isEqualTo("k 1");
        assertThat(draft.destination()).isEqualTo("orders");
    }

    @Test
    void whenIsATimeAsWell() {
        filled.put("when", "2026-11-21T10:00:00+01:00");

        assertThat(read().runAt()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            queue|Mail
            queue|''
            type|a b
            payload|{
            id|a b
            when|soon
            ttl|0s
            priority|10
            timeout|13h
            maxAttempts|0
            backoff|x
            max|1s
            labels|novalue
            unique|%s
            """)
    void faultsAreToldAtTheirField(String field, String value) {
        filled.put("base", "10s");
        filled.put(field, value.equals("%s") ? "x".repeat(257) : value);
        TaskForm form = TaskForm.of(filled::get);

        assertThat(form.read(1000, null)).isNull();
        assertThat(form.faults()).containsOnlyKeys(field);
        assertThat(form.fault(field)).endsWith(".");
    }

    @Test
    void theSameFormSentTwiceHasOneKey() {
        filled.put("token", "0123456789abcdef0123456789abcdef");

        assertThat(read().sender()).isEqualTo(read().sender());
        assertThat(read().sender().dedupeKey()).hasSizeLessThanOrEqualTo(64).startsWith("form-");
        filled.put("token", "x y");
        assertThat(read().sender().dedupeKey()).isNull();
    }

    private TaskDraft read() {
        TaskForm form = TaskForm.of(filled::get);
        TaskDraft draft = form.read(1000, null);
        assertThat(form.faults()).isEmpty();
        return draft;
    }
}
