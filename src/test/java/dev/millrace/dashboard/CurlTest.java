package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Details;
import dev.millrace.task.NewTask;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import dev.millrace.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurlTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void commandSubmitsTheSameTask() {
        String command = Curl.of(
                task(TaskBuilder.aTask("mail.send")
                        .withPayload("{\"n\": 12345678901234567890.10}")
                        .withPriority(9)),
                "http://127.0.0.1:8080",
                false);

        assertThat(command).isEqualTo("""
                curl -X POST 'http://127.0.0.1:8080/api/v1/queues/mail/tasks' \\
                  -H 'Content-Type: application/json' \\
                  --data-raw '{"type":"mail.send","payload":{"n": 12345678901234567890.10},"priority":9}'""");
    }

    @Test
    void whatBelongsToAMomentIsSaidFromTheSubmissionOn() {
        TaskBuilder task = TaskBuilder.aTask()
                .dueAt(NOW.plusSeconds(90))
                .expiringAt(NOW.plusSeconds(600))
                .unique("order-7", Duration.ofHours(1), Unique.Mode.RETURN);

        assertThat(Curl.of(task(task), "https://x", false))
                .contains("\"delay\":\"PT1M30S\",\"ttl\":\"PT10M\"")
                .contains("\"unique\":{\"key\":\"order-7\",\"ttl\":\"PT1H\",\"mode\":\"return\"}");
    }

    @Test
    void keyComesFromTheEnvironment() {
        assertThat(Curl.of(task(TaskBuilder.aTask()), "https://x", true))
                .contains("-H \"Authorization: Bearer $MILLRACE_KEY\"");
    }

    /** Asks a real shell what it understood. */
    @Test
    void nothingInATaskGetsOutOfItsQuotes() throws IOException, InterruptedException {
        String nasty = "'; touch /tmp/x; echo $(id) `id` \\\" ! \\\\ %s é'\\n''";
        String payload = "{\"a\":\"" + nasty + "\"}";

        String heard = shell("printf %s " + Curl.quoted(payload));

        assertThat(heard).isEqualTo(payload);
        assertThat(shell("curl() { for a; do last=$a; done; printf %s \"$last\"; }\n"
                        + Curl.of(task(TaskBuilder.aTask().withPayload(payload).tagged("it's")), "http://h", false)))
                .isEqualTo("{\"type\":\"test\",\"payload\":" + payload + ",\"tags\":[\"it's\"]}");
    }

    private static String shell(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    private static Task task(TaskBuilder builder) {
        NewTask built = builder.build(NOW);
        return new Task(new TaskId("t"), "mail", built.spec(), Status.submitted(built.spec()), Details.NONE);
    }
}
