package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Submission;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Handlers as beans of a running application. */
@QuarkusTest
@TestProfile(HandlerBeansTest.Given.class)
class HandlerBeansTest {
    @Inject
    Submissions submissions;

    @Inject
    Tasks tasks;

    /** On a SQLite store of its own. */
    public static final class Given implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                String directory =
                        Files.createTempDirectory("millrace-handlers-").toString();
                return Map.of("millrace.store", "sqlite", "millrace.data", directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Task run(String type, String payload) {
        TaskDraft.Sender sender = new TaskDraft.Sender(null, null, null, 0, true);
        TaskDraft draft = new TaskDraft(
                type, null, Payload.of(payload), null, null, null, TaskOptions.NONE, null, Marks.NONE, sender);
        Submission submission =
                submissions.submitAll("handler-beans", List.of(draft)).getFirst();
        try {
            return tasks.awaitEnd(submission.accepted().id(), Duration.ofSeconds(20))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .orElseThrow();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBeanThatSaysWhatItHandlesIsFoundAndCalledWithItsPayload() {
        Task task = run("test.greet", "{\"name\":\"Ada\"}");
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.details().result()).isEqualTo(Payload.of("\"Hello, Ada\""));
    }

    @Test
    void echoAnswersItsPayload() {
        assertThat(run("echo", "{\"n\": 1.10}").details().result()).isEqualTo(Payload.of("{\"n\": 1.10}"));
    }

    @Test
    void sleepSleeps() {
        assertThat(run("sleep", "{\"duration\": \"PT0.01S\"}").state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void failFails() {
        Task task = run("fail", "{\"message\": \"as you wish\", \"retryable\": false}");
        assertThat(task.state()).isEqualTo(TaskState.DEAD);
        assertThat(task.details().error()).isEqualTo(new TaskError("Failed", "as you wish"));
    }
}
