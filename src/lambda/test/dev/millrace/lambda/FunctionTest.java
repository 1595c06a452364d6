package dev.millrace.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.access.KeysForTests;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.Order;
import dev.millrace.queue.Queues;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Cause;
import dev.millrace.task.Marks;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaApi;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The function as AWS calls it, by way of Quarkus' stand-in for Lambda, and by hand where the time is to run out. */
@QuarkusTest
@TestProfile(LambdaProfile.class)
class FunctionTest {
    /** Two seconds for the work, and what connecting anew may take. */
    private static final Duration BRIEF = Spell.MARGIN.plusMillis(2_900);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DRAIN = "/api/v1/drain";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    Submissions submissions;

    @Inject
    Tasks tasks;

    @Inject
    Queues queues;

    @Inject
    Nodes nodes;

    @Inject
    Function function;

    @AfterEach
    void leaveNothingToOthers() {
        if (queues.find(queue).isPresent()) {
            queues.delete(queue, true);
        }
    }

    @Test
    void eventOfAScheduleRunsWhatThereIs() throws Exception {
        TaskId id = submit(3, "echo", "1");

        assertThat(invoke(Samples.SCHEDULED)).isEqualTo(JSON.readTree("{\"done\": 3, \"more\": false}"));
        assertThat(find(id).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(find(id).status().worker()).startsWith("millrace-");
        assertThat(invoke(Samples.SCHEDULED).path("done").asInt()).isZero();
    }

    @Test
    void directCallMaySayHowFar() throws Exception {
        submit(5, "echo", "1");

        assertThat(invoke("{\"reason\": \"by hand\", \"max\": 2}"))
                .isEqualTo(JSON.readTree("{\"done\": 2, \"more\": true}"));
        assertThat(invoke("{}").path("done").asInt()).isEqualTo(3);
    }

    @Test
    void kickOverAFunctionUrlIsAnsweredWhenItsTasksAreDone() throws Exception {
        submit(2, "echo", "1");

        JsonNode answer = invoke(Samples.url(DRAIN, bearer("kick"), "{}"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("application/json");
        assertThat(answer.at("/headers/server-timing").asText()).matches("drain;dur=\\d+");
        assertThat(JSON.readTree(answer.path("body").asText())).isEqualTo(JSON.readTree("{\"done\": 2, \"more\": false}"));
    }

    @Test
    void kickOverAnHttpApiWorksAsWell() throws Exception {
        submit(1, "echo", "1");

        JsonNode answer = invoke(Samples.api(DRAIN, bearer("kick")));

        assertThat(JSON.readTree(answer.path("body").asText()).path("done").asInt()).isEqualTo(1);
    }

    @Test
    void nobodyWakesItWithoutAKeyOfTheRoleWorkerOrASignature() throws Exception {
        submit(1, "echo", "1");

        assertRefused(Samples.url(DRAIN, "", "{}"), 401, "UNAUTHENTICATED");
        assertRefused(Samples.url(DRAIN, bearer("other"), "{}"), 401, "UNAUTHENTICATED");
        assertRefused(Samples.url(DRAIN, bearer("client"), "{}"), 403, "FORBIDDEN");
        assertThat(invoke(Samples.signed(DRAIN)).path("statusCode").asInt()).isEqualTo(200);
        assertThat(count(TaskState.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void requestsThatAreNoneAreProblems() throws Exception {
        assertRefused(Samples.url("/api/v1/queues", bearer("kick"), "{}"), 404, "NOT_FOUND");
        assertRefused(Samples.signed(DRAIN).replace("\"POST\"", "\"GET\""), 405, "METHOD_NOT_ALLOWED");
        JsonNode problem =
                assertRefused(Samples.url(DRAIN, bearer("kick"), "{\\\"much\\\": 1}"), 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/much");
        assertThat(problem.path("requestId").asText()).isEqualTo("id-1");
    }

    @Test
    void failedInvocationIsAFailure() throws Exception {
        assertThat(post("{\"max\": 0}").statusCode()).isEqualTo(500);
        assertThat(post("{\"httpMethod\": \"POST\"}").statusCode()).isEqualTo(500);
        assertThatThrownBy(() -> call("{}", Duration.ofSeconds(3)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("raise its Timeout");
    }

    @Test
    void nothingIsLeasedAnyMoreWhenTheTimeIsUp() throws Exception {
        submit(3000, "sleep", "{\"duration\": \"PT0.1S\"}");
        long start = System.nanoTime();

        JsonNode answer = call("{}", BRIEF);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(answer.path("more").asBoolean()).isTrue();
        assertThat(answer.path("done").asLong()).isPositive().isEqualTo(count(TaskState.SUCCEEDED));
        assertThat(count(TaskState.RUNNING)).isZero();
        assertThat(count(TaskState.READY)).isEqualTo(3000 - answer.path("done").asLong());
    }

    /** Else it would be begun again in each invocation for ever. */
    @Test
    void taskThatTakesLongerThanAnInvocationFails() throws Exception {
        TaskId id = submit(1, "sleep", "{\"duration\": \"PT60S\"}");

        JsonNode answer = call("{}", BRIEF);

        assertThat(answer).isEqualTo(JSON.readTree("{\"done\": 1, \"more\": false}"));
        Task task = find(id);
        assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(task.status().attempts()).isEqualTo(1);
        assertThat(task.details().history().getLast().cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(task.details().error().message()).contains("no more time for one");
    }

    @Test
    void nothingOfAWorkerOutlastsItsInvocation() throws Exception {
        submit(1, "sleep", "{\"duration\": \"PT1S\"}");
        CompletableFuture<JsonNode> running = CompletableFuture.supplyAsync(() -> call("{}", Duration.ofMinutes(1)));

        awaitThat(() -> nodes.list().stream().anyMatch(node -> node.name().equals("millrace")));
        Node node = nodes.list().getFirst();
        assertThat(node.id()).isEqualTo("millrace-89abcdef");
        assertThat(node.roles()).isEqualTo(Set.of("worker"));

        assertThat(running.get(SOON.toSeconds(), TimeUnit.SECONDS).path("done").asInt())
                .isEqualTo(1);
        assertThat(nodes.list()).isEmpty();
        awaitThat(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("millrace-")));
    }

    @Test
    void workerThatIsToldToStopEndsItsInvocationAndNotTheProcess() throws Exception {
        submit(3000, "sleep", "{\"duration\": \"PT0.2S\"}");
        CompletableFuture<JsonNode> running = CompletableFuture.supplyAsync(() -> call("{}", Duration.ofMinutes(5)));
        awaitThat(() -> !nodes.list().isEmpty());
        nodes.tell("millrace-89abcdef", Order.STOP, "test");

        assertThat(running.get(SOON.toSeconds(), TimeUnit.SECONDS).path("more").asBoolean())
                .isTrue();
        assertThat(count(TaskState.RUNNING)).isZero();
        assertThat(invoke("{\"max\": 1}").path("done").asInt()).isEqualTo(1);
    }

    /** What a network does to the connections of a function that stood still. */
    @Test
    void brokenConnectionsAreOfNoConsequence() throws Exception {
        invoke("{}");
        submit(1, "echo", "1");
        for (String type : List.of("normal", "pubsub")) {
            LambdaProfile.REDIS.command("CLIENT", "KILL", "TYPE", type);
        }

        assertThat(invoke("{}").path("done").asInt()).isEqualTo(1);
    }

    private TaskId submit(int count, String type, String payload) {
        TaskDraft.Sender sender = new TaskDraft.Sender(null, null, null, 0, false);
        TaskDraft draft = new TaskDraft(
                type, null, Payload.of(payload), null, null, null, TaskOptions.NONE, null, Marks.NONE, sender);
        return submissions
                .submitAll(queue, Collections.nCopies(count, draft))
                .getFirst()
                .accepted()
                .id();
    }

    private Task find(TaskId id) {
        return tasks.find(id, true).orElseThrow();
    }

    private long count(TaskState state) {
        return queues.find(queue).orElseThrow().count(state);
    }

    private static String bearer(String id) {
        return "Bearer " + KeysForTests.bearer(id);
    }

    private static JsonNode assertRefused(String event, int status, String code) throws Exception {
        JsonNode answer = invoke(event);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
        assertThat(answer.at("/headers/content-type").asText()).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(answer.path("body").asText());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        return problem;
    }

    /** As Lambda does, with all the time there is. */
    private static JsonNode invoke(String event) throws Exception {
        var response = post(event);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static java.net.http.HttpResponse<String> post(String event) throws Exception {
        String lambda = ConfigProvider.getConfig()
                .getValue(AmazonLambdaApi.QUARKUS_INTERNAL_AWS_LAMBDA_TEST_API, String.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + lambda))
                .POST(BodyPublishers.ofString(event))
                .timeout(Duration.ofSeconds(60))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** With so much time. */
    private JsonNode call(String event, Duration left) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new TimedContext(left));
            return JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitThat(java.util.function.BooleanSupplier holds) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
