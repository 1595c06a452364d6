package dev.millrace.delivery.push;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.delivery.push.Letter.Format;
import dev.millrace.delivery.push.Letter.Style;
import dev.millrace.delivery.sign.Signatures;
import dev.millrace.delivery.sign.SigningSecret;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseToken;
import dev.millrace.task.Details;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final Instant CREATED = Instant.parse("2026-11-21T01:02:03.004Z");
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00.999Z");
    private static final TaskId ID = new TaskId("order-42");
    private static final String PAYLOAD = "{\"big\": 1.00, \"\u017c\": \"\uD83D\uDE00\"}";
    private static final SigningSecret SECRET = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Style SIGNED = new Style(Format.BINARY, List.of(SECRET));

    @Test
    void thePayloadIsTheBodyAndTheEventIsInTheHeaders() {
        Letter letter = Letter.of(lease(task(), 2, 3), "TOKEN", SIGNED, NOW);
        assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo(PAYLOAD);
        assertThat(headers(letter))
                .containsEntry("Content-Type", "application/json")
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", "order-42")
                .containsEntry("ce-source", "/queues/mail")
                .containsEntry("ce-type", "email.send")
                .containsEntry("ce-time", "2026-11-21T01:02:03.004Z")
                .containsEntry("Millrace-Attempt", "2")
                .containsEntry("Millrace-Generation", "3")
                .containsEntry("Millrace-Lease-Token", "TOKEN")
                .containsEntry("webhook-id", "order-42")
                .containsEntry("webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
                .containsEntry(
                        "webhook-signature",
                        Signatures.header(List.of(SECRET), "order-42", NOW.getEpochSecond(), letter.body()))
                .doesNotContainKeys("Millrace-Previous-Outcome", "ce-datacontenttype");
    }

    @Test
    void structuredLettersCarryTheEventInTheBody() throws IOException {
        Style style = new Style(Format.STRUCTURED, List.of(SECRET));
        Letter letter = Letter.of(lease(task(), 1, 1), "TOKEN", style, NOW);
        assertThat(new String(letter.body(), StandardCharsets.UTF_8)).contains("\"data\":" + PAYLOAD + "}");
        JsonNode event = new ObjectMapper().readTree(letter.body());
        assertThat(event.properties().stream().map(Map.Entry::getKey))
                .containsExactly("specversion", "id", "source", "type", "time", "datacontenttype", "data");
        assertThat(event.get("id").asText()).isEqualTo("order-42");
        assertThat(headers(letter))
                .containsEntry("Content-Type", "application/cloudevents+json; charset=utf-8")
                .containsEntry(
                        "webhook-signature",
                        Signatures.header(List.of(SECRET), "order-42", NOW.getEpochSecond(), letter.body()))
                .doesNotContainKey("ce-id");
    }

    @Test
    void withoutASecretNothingIsSigned() {
        Letter letter = Letter.of(lease(task(), 1, 1), "TOKEN", new Style(Format.BINARY, List.of()), NOW);
        assertThat(headers(letter)).containsKey("webhook-id").doesNotContainKey("webhook-signature");
    }

    @Test
    void theTraceOfTheSubmissionGoesOnWithAParentForEachDelivery() {
        TaskBuilder traced = task().traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        String first = trace(traced, 1);
        String second = trace(traced, 2);
        assertThat(first)
                .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                .isNotEqualTo(second);
        assertThat(first).doesNotContain("00f067aa0ba902b7");
        assertThat(second).startsWith(first.substring(0, 36));
    }

    @Test
    void theStateOfTheTraceGoesAlongUnchanged() {
        TaskBuilder traced = task().traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1,b=2");
        assertThat(headers(Letter.of(lease(traced, 1, 1), "TOKEN", SIGNED, NOW)))
                .containsEntry("tracestate", "a=1,b=2");
        assertThat(headers(Letter.of(lease(task(), 1, 1), "TOKEN", SIGNED, NOW)))
                .doesNotContainKey("tracestate");
    }

    @Test
    void withoutATraceAllAttemptsShareANewOne() {
        String first = trace(task(), 1);
        String second = trace(task(), 2);
        assertThat(first)
                .matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00")
                .isNotEqualTo(second);
        assertThat(second).startsWith(first.substring(0, 36));
    }

    @Test
    void anEarlierDeliveryThatMayHaveArrivedIsMentioned() {
        Lease crashed = lease(task(), 1, 2);
        Status status = crashed.task().status();
        Status once = new Status(status.state(), 2, 1, 1, 1, status.times(), null);
        assertThat(previous(new Task(ID, "mail", crashed.task().spec(), once, Details.NONE)))
                .isEqualTo("unknown");
        assertThat(previous(failed(Rulings.UNKNOWN))).isEqualTo("unknown");
        assertThat(previous(failed("Http500"))).isNull();
    }

    @Test
    void tasksHaveTracesOfTheirOwn() {
        Set<String> traces = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            Task task = lease(task(), 1, 1).task();
            TaskId id = new TaskId("order-" + i);
            Task other = new Task(id, "mail", task.spec(), task.status(), Details.NONE);
            Lease lease = new Lease(new LeaseToken(id, 1), NOW, other);
            traces.add(headers(Letter.of(lease, "TOKEN", SIGNED, NOW))
                    .get("traceparent")
                    .substring(0, 35));
        }
        assertThat(traces).hasSize(2_000);
    }

    private static Task failed(String type) {
        Lease lease = lease(task(), 2, 2);
        Details details = new Details(null, null, new TaskError(type, ""), List.of(), List.of());
        return new Task(ID, "mail", lease.task().spec(), lease.task().status(), details);
    }

    private static String previous(Task task) {
        Lease lease = new Lease(new LeaseToken(ID, 2), NOW, task);
        return headers(Letter.of(lease, "TOKEN", SIGNED, NOW)).get("Millrace-Previous-Outcome");
    }

    private static String trace(TaskBuilder task, int attempt) {
        return headers(Letter.of(lease(task, attempt, attempt), "TOKEN", SIGNED, NOW))
                .get("traceparent");
    }

    private static TaskBuilder task() {
        return aTask("email.send").withPayload(PAYLOAD);
    }

    private static Lease lease(TaskBuilder task, int attempts, int generation) {
        TaskSpec spec = task.build(CREATED).spec();
        Status fresh = Status.submitted(spec);
        Status status = new Status(fresh.state(), generation, attempts, 0, 1, fresh.times(), "worker-a");
        return new Lease(new LeaseToken(ID, generation), NOW, new Task(ID, "mail", spec, status, Details.NONE));
    }

    private static Map<String, String> headers(Letter letter) {
        return letter.headers().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
