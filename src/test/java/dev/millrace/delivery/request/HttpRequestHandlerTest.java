package dev.millrace.delivery.request;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Targets;
import dev.millrace.delivery.push.PushRequest;
import dev.millrace.delivery.push.PusherFixture;
import dev.millrace.delivery.push.RawBackend;
import dev.millrace.task.Attempt;
import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.worker.Cancellation;
import dev.millrace.worker.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
    private static PusherFixture fixture;
    private static HttpRequestHandler handler;

    @BeforeAll
    static void open() {
        fixture = new PusherFixture();
        Targets targets = new Targets(new AddressGuard(List.of(), true), List.of("1024-65535"));
        handler = new HttpRequestHandler(fixture.pusher(), targets, () -> NOW);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void theRequestIsSentAndItsAnswerIsTheResult() throws Exception {
        try (RawBackend backend = RawBackend.saying(RawBackend.ok("{\"n\": 1.00}"))) {
            Outcome outcome = run("{\"url\": \"" + backend.url() + "x\", \"method\": \"PUT\","
                    + " \"headers\": {\"X-Key\": \"abc\"}, \"body\": {\"big\": 12345678901234567890.0}}");
            assertThat(outcome)
                    .isEqualTo(Outcome.succeeded(Payload.of("{\"status\":200,\"headers\":{\"content-length\":\"11\","
                            + "\"content-type\":\"application/json\"},\"body\":{\"n\": 1.00}}")));
            RawBackend.Received request = backend.received().getFirst();
            assertThat(request.line()).isEqualTo("PUT /x HTTP/1.1");
            assertThat(request.header("x-key")).contains("abc");
            assertThat(request.header("content-type")).contains("application/json");
            assertThat(request.header("traceparent")).isPresent();
            assertThat(request.text()).isEqualTo("{\"big\": 12345678901234567890.0}");
        }
    }

    @Test
    void withoutABodyItIsAGetAndTextGoesOutAsText() throws Exception {
        try (RawBackend backend = RawBackend.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain")) {
            run("{\"url\": \"" + backend.url() + "\"}");
            Outcome.Succeeded done =
                    (Outcome.Succeeded) run("{\"url\": \"" + backend.url() + "\", \"body\": \"a=b\\u00e9\"}");
            assertThat(backend.received().getFirst().line()).startsWith("GET ");
            assertThat(backend.received().getLast().line()).startsWith("POST ");
            assertThat(backend.received().getLast().text()).isEqualTo("a=b\u00e9");
            assertThat(new String(done.result().json())).contains("\"body\":\"plain\"");
        }
    }

    @Test
    void whatIsExpectedSucceedsAndNothingElse() throws Exception {
        try (RawBackend missing = RawBackend.saying("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
                RawBackend fine = RawBackend.saying(RawBackend.ok("{}"))) {
            assertThat(run("{\"url\": \"" + missing.url() + "\", \"expect\": [200, 404]}"))
                    .isInstanceOf(Outcome.Succeeded.class);
            assertThat(failed(run("{\"url\": \"" + missing.url() + "\"}"))
                            .error()
                            .type())
                    .isEqualTo("Http404");
            assertThat(failed(run("{\"url\": \"" + fine.url() + "\", \"expect\": 204}"))
                            .error()
                            .type())
                    .isEqualTo("Http200");
        }
    }

    @Test
    void aBackendThatAsksForTimeGetsItWithoutAnAttempt() throws Exception {
        try (RawBackend busy = RawBackend.saying("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")) {
            Outcome.Released released = (Outcome.Released) run("{\"url\": \"" + busy.url() + "\"}");
            assertThat(released.delay()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void silenceWithinTheTimeoutIsOutcomeUnknown() throws Exception {
        try (RawBackend silent = new RawBackend((_, _) -> {})) {
            assertThat(failed(run("{\"url\": \"" + silent.url() + "\"}", Duration.ofMillis(400)))
                            .cause())
                    .isEqualTo(Cause.OUTCOME_UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://192.168.0.1:8080/",
                "http://127.0.0.1:22/",
                "http://127.0.0.1:1025/",
                "http://no-such-name.invalid:8080/"
            })
    void blockedRefusedAndUnknownNamesLookLikeSilenceAndTakeAsLong(String url) throws Exception {
        Duration timeout = Duration.ofMillis(600);
        long begun = System.nanoTime();
        assertThat(run("{\"url\": \"" + url + "\"}", timeout))
                .isEqualTo(Outcome.failed("Unreachable", "The backend could not be reached."));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(PushRequest.Patience.within(timeout).connect());
    }

    @Test
    void aWaitForNothingEndsWithTheTask() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run("{\"url\": \"http://192.168.0.1:8080/\"}"))
                .isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"http://localhost/\"",
                "{}",
                "{\"url\": 1}",
                "{\"url\": \"ftp://x/\"}",
                "{\"url\": \"http://127.1/\"}",
                "{\"url\": \"http://u:p@localhost/\"}",
                "{\"url\": \"http://localhost/\", \"method\": \"CONNECT\"}",
                "{\"url\": \"http://localhost/\", \"method\": \"get\"}",
                "{\"url\": \"http://localhost/\", \"more\": 1}",
                "{\"url\": \"http://localhost/\", \"expect\": 99}",
                "{\"url\": \"http://localhost/\", \"expect\": []}",
                "{\"url\": \"http://localhost/\", \"expect\": \"200\"}",
                "{\"url\": \"http://localhost/\", \"headers\": []}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"X\": 1}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"X\": \"a\\r\\nHost: b\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"X: a\\r\\nY\": \"b\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Host\": \"other\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"content-LENGTH\": \"1\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Transfer-Encoding\": \"chunked\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Connection\": \"close\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Proxy-Authorization\": \"x\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"webhook-signature\": \"x\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Millrace-Lease-Token\": \"x\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"traceparent\": \"x\"}}",
                "{\"url\": \"http://localhost/\", \"headers\": {\"Accept-Encoding\": \"gzip\"}}"
            })
    void whatCannotBeSentIsDeadAtOnceWithASentence(String payload) throws Exception {
        Outcome.Failed failed = failed(run(payload));
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.error().type()).isEqualTo("UnreadablePayload");
        assertThat(failed.error().message()).isNotBlank().doesNotContain("\n");
    }

    private static Outcome.Failed failed(Outcome outcome) {
        return (Outcome.Failed) outcome;
    }

    private static Outcome run(String payload) throws Exception {
        return run(payload, Duration.ofSeconds(10));
    }

    private static Outcome run(String payload, Duration timeout) throws Exception {
        TaskSpec spec = aTask("http.request")
                .withPayload(payload)
                .withTimeout(timeout)
                .build(NOW)
                .spec();
        Task task = new Task(new TaskId("t-1"), "web", spec, Status.submitted(spec), Details.NONE);
        return handler.run(spec.payload(), new Context(task));
    }

    /** As a worker would give it. */
    private record Context(Task task) implements TaskContext {
        @Override
        public Attempt attempt() {
            return new Attempt(1, 1, "worker-a", NOW);
        }

        @Override
        public Optional<Cancellation> cancellation() {
            return Optional.empty();
        }

        @Override
        public void progress(int percent, String message) {
            throw new AssertionError("A request has no progress to report");
        }

        @Override
        public void log(String line) {
            throw new AssertionError("What a request says or hears is not logged");
        }

        @Override
        public Payload json(Object value) {
            try {
                return new Payload(new ObjectMapper().writeValueAsBytes(value));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
