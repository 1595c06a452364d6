package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import dev.millrace.cli.AnsweringServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushCommandTest {
    /** Answers to three tasks, until all are there. */
    static final List<String> PARTS = List.of(
            results(
                    "\"status\":201,\"id\":\"A\"",
                    "\"status\":507,\"code\":\"STORE_FULL\",\"detail\":\"No room.\"",
                    "\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"id\":\"C\",\"detail\":\"No answer.\""),
            results(
                    "\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"detail\":\"Away.\"",
                    "\"status\":429,\"code\":\"QUEUE_FULL\",\"detail\":\"Full.\"",
                    "\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"detail\":\"Away.\""),
            results("\"status\":200,\"id\":\"A\"", "\"status\":201,\"id\":\"B\"", "\"status\":200,\"id\":\"C\""));

    @TempDir
    Path directory;

    static String results(String... members) {
        return IntStream.range(0, members.length)
                .mapToObj(i -> "{\"index\":" + i + "," + members[i] + "}")
                .collect(Collectors.joining(",", "{\"accepted\":0,\"rejected\":0,\"results\":[", "]}"));
    }

    @Test
    void everyLineIsSentOnceAndInOrder() throws IOException {
        String file = file(IntStream.range(0, 5_000)
                .mapToObj("{\"type\":\"echo\",\"payload\":%d}"::formatted)
                .collect(Collectors.joining("\n")));
        try (AnsweringServer server = new AnsweringServer(Reply::acceptedAll)) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), "--output", "json", file);

            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("\"accepted\" : 5000");
            assertThat(server.requests()).extracting(Request::path).containsOnly("/api/v1/queues/mail/tasks/bulk");
            assertThat(server.requests()).extracting(Request::key).doesNotHaveDuplicates();
            assertThat(server.requests().stream().flatMap(request -> request.lines().stream()))
                    .containsExactlyElementsOf(Files.readAllLines(Path.of(file.substring(1))));
        }
    }

    @Test
    void chunkWhoseAnswerWasLostIsSentAgainWithTheSameKey() throws IOException {
        String file = file("{\"type\":\"echo\"}");
        try (AnsweringServer server =
                new AnsweringServer(request -> request.number() == 0 ? null : Reply.acceptedAll(request))) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), file);

            assertThat(run.code()).isZero();
            assertThat(run.err()).contains("trying again");
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(server.requests())
                    .extracting(Request::key)
                    .containsOnly(server.requests().get(0).key());
            assertThat(server.requests()).extracting(Request::body).containsOnly("{\"type\":\"echo\"}\n");
        }
    }

    @Test
    void storeThatIsAwayForAMomentDoesNotEndAPush() throws IOException {
        String file = file("{\"type\":\"echo\"}");
        try (AnsweringServer server = new AnsweringServer(request -> request.number() < 2
                ? Reply.problem(503, "STORE_UNAVAILABLE", "Redis does not answer.")
                : Reply.acceptedAll(request))) {
            assertThat(CommandRun.of("push", "mail", "--server", server.uri(), file)
                            .code())
                    .isZero();
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void chunkOfWhichAPartIsAcceptedIsSentAgainWithTheSameKeyAndCountedOnce() throws IOException {
        String file = file("{\"type\":\"a\"}\n{\"type\":\"b\"}\n{\"type\":\"c\"}");
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(PARTS.get(request.number())))) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), "--output", "json", file);

            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("\"accepted\" : 3").contains("\"rejected\" : 0");
            assertThat(server.requests()).hasSize(PARTS.size());
            assertThat(server.requests())
                    .extracting(Request::key)
                    .containsOnly(server.requests().get(0).key());
        }
    }

    @Test
    void patienceEndsWithWhatTheServerSaid() throws IOException {
        String file = file("{\"type\":\"echo\"}");
        try (AnsweringServer server =
                new AnsweringServer(request -> Reply.problem(503, "STORE_UNAVAILABLE", "Redis does not answer."))) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), "--patience", "0", file);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("Redis does not answer.").contains("millrace status");
        }
    }

    @Test
    void oneTaskWaitsForRoomAsManyDo() {
        try (AnsweringServer server = new AnsweringServer(request -> request.number() == 0
                ? Reply.problem(507, "STORE_FULL", "No room.")
                : new Reply(201, "application/json", "{\"id\":\"T1\",\"state\":\"ready\"}"))) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), "{\"type\": \"echo\"}");

            assertThat(run.code()).isZero();
            assertThat(run.err()).contains("has no room; trying again");
            assertThat(server.requests())
                    .extracting(Request::key)
                    .hasSize(2)
                    .containsOnly(server.requests().getFirst().key());
        }
    }

    @Test
    void sameIdempotencyKeyMakesTheSameChunkKeys() throws IOException {
        String file = file("{\"type\":\"echo\"}");
        try (AnsweringServer server = new AnsweringServer(Reply::acceptedAll)) {
            for (int i = 0; i < 2; i++) {
                CommandRun.of("push", "mail", "--server", server.uri(), "--idempotency-key", "night-7", file);
            }
            assertThat(server.requests()).extracting(Request::key).containsExactly("night-7-0", "night-7-0");
        }
    }

    @Test
    void objectWithoutTypeIsThePayloadOfTheTypeThatWasGiven() throws IOException {
        String file = file("{\"n\": 9007199254740993.10}\n{\"type\": \"own\"}\n[1]\n");
        try (AnsweringServer server = new AnsweringServer(Reply::acceptedAll)) {
            CommandRun.of("push", "mail", "--server", server.uri(), "--type", "echo", file);

            assertThat(server.requests().getFirst().lines())
                    .containsExactly(
                            "{\"type\":\"echo\",\"payload\":{\"n\": 9007199254740993.10}}",
                            "{\"type\": \"own\"}",
                            "{\"type\":\"echo\",\"payload\":[1]}");
        }
    }

    @Test
    void badLineIsRejectedAloneAndNamed() throws IOException {
        String file = file("{\"type\":\"echo\"}\n\n{\"type\":\n{\"to\":1}\n{\"type\":\"echo\"}");
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(
                "{\"accepted\":1,\"rejected\":1,\"results\":[{\"index\":0,\"status\":201},{\"index\":1,\"status\":429,"
                        + "\"code\":\"QUEUE_FULL\",\"detail\":\"The queue is full.\"}]}"))) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), file);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("line 3: it is not JSON")
                    .contains("line 4: it has no \"type\"; with --type TYPE")
                    .contains("line 5: The queue is full. (QUEUE_FULL)");
            assertThat(run.out()).startsWith("1 tasks accepted in mail").contains("3 rejected");
            assertThat(server.requests().getFirst().lines()).hasSize(2);
        }
    }

    @Test
    void documentOverSeveralLinesIsOneTask() throws IOException {
        String file = file("{\n  \"type\": \"echo\",\n  \"payload\": \"a\\nb\"\n}\n");
        try (AnsweringServer server = new AnsweringServer(Reply::acceptedAll)) {
            assertThat(CommandRun.of("push", "mail", "--server", server.uri(), file)
                            .code())
                    .isZero();
            assertThat(server.requests().getFirst().lines())
                    .singleElement()
                    .asString()
                    .contains("\"payload\": \"a\\nb\"");
        }
    }

    @Test
    void oneTaskIsSubmittedAsItIsAndShown() {
        try (AnsweringServer server = new AnsweringServer(
                request -> new Reply(201, "application/json", "{\"id\":\"T1\",\"state\":\"ready\",\"n\":1.10}"))) {
            CommandRun table =
                    CommandRun.of("push", "mail", "--server", server.uri(), "--key", "k", "{\"type\": \"echo\"}");
            CommandRun json =
                    CommandRun.of("push", "mail", "--server", server.uri(), "--output", "json", "{\"type\": \"echo\"}");

            assertThat(table.out()).isEqualTo("Task T1 in mail is ready.\n");
            assertThat(json.out()).contains("\"id\" : \"T1\"").contains("1.10");
            assertThat(server.requests().getFirst())
                    .extracting(Request::path, Request::body, Request::authorization)
                    .isEqualTo(List.of("/api/v1/queues/mail/tasks", "{\"type\": \"echo\"}", "Bearer k"));
        }
    }

    @Test
    void wrongUsageIsSaidBeforeAnythingIsSent() {
        assertThat(List.of(
                        CommandRun.of("push", "Mail", "{}"),
                        CommandRun.of("push", "mail", "{\"type\""),
                        CommandRun.of("push", "mail", "{\"a\": 1}"),
                        CommandRun.of("push", "mail", "--type", "a b", "{}"),
                        CommandRun.of("push", "mail", "--server", "ftp://x", "{\"type\": \"echo\"}")))
                .extracting(CommandRun::code)
                .containsOnly(2);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.of("push", "mail", "@" + directory.resolve("none.ndjson"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("none.ndjson' cannot be read");
    }

    private String file(String content) throws IOException {
        return "@" + Files.writeString(directory.resolve("tasks.ndjson"), content);
    }
}
