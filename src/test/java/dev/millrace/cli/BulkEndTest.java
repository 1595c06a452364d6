package dev.millrace.cli;

import static dev.millrace.cli.PushCommandTest.PARTS;
import static dev.millrace.cli.PushCommandTest.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push or an import that ends in the middle leaves behind with those who began it. */
class BulkEndTest {
    @TempDir
    Path directory;

    @Test
    void pushThatEndsInTheMiddleSaysWhatIsInAndHowToRepeatIt() throws IOException {
        String file = file("{\"type\":\"a\"}\n{\"type\":\"b\"}\n{\"type\":\"c\"}");
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(PARTS.getFirst()))) {
            CommandRun run = CommandRun.of(
                    "push", "mail", "--server", server.uri(), "--patience", "0", "--idempotency-key", "night-7", file);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("line 2: No room. (STORE_FULL)")
                    .containsOnlyOnce("No room.")
                    .contains("1 tasks are known to be accepted. With --idempotency-key night-7");
            assertThat(run.out()).startsWith("1 tasks accepted in mail").contains(" 0 rejected");
        }
    }

    @Test
    void serverThatGoesAwayInTheMiddleLeavesWhatIsInWhatWasRejectedAndTheKey() throws IOException {
        String file = file("{\n" + "{\"type\":\"echo\"}\n".repeat(3_000));
        try (AnsweringServer server =
                new AnsweringServer(request -> request.number() == 0 ? Reply.acceptedAll(request) : null)) {
            CommandRun run = CommandRun.of(
                    "push", "mail", "--server", server.uri(), "--patience", "0", "--output", "json", file);

            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).contains("\"accepted\" : 2000", "\"rejected\" : 1");
            String key = server.requests().getFirst().key().replaceFirst("-0$", "");
            assertThat(run.err())
                    .contains("line 1: it is not JSON", "No Millrace server answers")
                    .contains("2,000 tasks are known to be accepted. With --idempotency-key " + key + " and");
        }
    }

    @Test
    void whatWasAcceptedBeforeTheAnswersOfAChunkStayedAwayIsCounted() throws IOException {
        String file = file("{\"type\":\"a\"}\n{\"type\":\"b\"}\n{\"type\":\"c\"}");
        try (AnsweringServer server =
                new AnsweringServer(request -> request.number() == 0 ? Reply.json(PARTS.getFirst()) : null)) {
            CommandRun run = CommandRun.of("push", "mail", "--server", server.uri(), "--patience", "PT0.1S", file);

            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).startsWith("1 tasks accepted in mail");
            assertThat(run.err()).contains("1 tasks are known to be accepted. With --idempotency-key ");
        }
    }

    @Test
    void pushOfWhichTasksMayBeThereSaysItsKey() throws IOException {
        String file = file("{\"type\":\"a\"}");
        String away = "\"status\":503,\"code\":\"STORE_UNAVAILABLE\",\"id\":\"A\",\"detail\":\"No answer.\"";
        for (Reply reply : Arrays.asList(
                Reply.json(results(away)),
                Reply.problem(503, "STORE_UNAVAILABLE", "Away."),
                Reply.problem(500, "INTERNAL_ERROR", "Broken."),
                null)) {
            assertThat(endOf(reply, file)).contains("0 tasks are known to be accepted. With --idempotency-key ");
        }
        assertThat(endOf(null, "{\"type\":\"a\"}")).contains("With --idempotency-key ");
        assertThat(endOf(Reply.problem(401, "UNAUTHENTICATED", "Who?"), file)).doesNotContain("--idempotency-key");
    }

    private static String endOf(Reply reply, String what) {
        try (AnsweringServer server = new AnsweringServer(request -> reply)) {
            return CommandRun.of("push", "mail", "--server", server.uri(), "--patience", "0", what)
                    .err();
        }
    }

    @Test
    void answerThatIsNotAboutWhatWasSentIsRefused() throws IOException {
        String file = file("{\"type\":\"a\"}");
        String two = results("\"status\":201", "\"status\":201");
        for (String body : List.of(two, "{}", "{\"results\":[{\"index\":-1,\"status\":201}]}")) {
            assertThat(endOf(Reply.json(body), file))
                    .contains("is not about the 1 tasks that were sent. Is it a Millrace server?");
        }
    }

    @Test
    void importThatEndsInTheMiddleSaysWhatIsInWhatWasRejectedAndThatItCanBeRepeated() throws IOException {
        String file = file("{}\n{\"id\":\"A\",\"queue\":\"mail\"}\n{\"id\":\"B\",\"queue\":\"sms\"}\n");
        try (AnsweringServer server = new AnsweringServer(request ->
                request.number() == 0 ? Reply.acceptedAll(request) : Reply.problem(401, "UNAUTHENTICATED", "Who?"))) {
            CommandRun run = CommandRun.of("import", "--server", server.uri(), "--output", "json", file);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("\"created\" : 1", "\"rejected\" : 1");
            assertThat(run.err())
                    .contains("line 1: it has no id or no queue")
                    .contains("1 tasks are known to be accepted. The import can be repeated.");
        }
    }

    private String file(String content) throws IOException {
        return "@" + Files.writeString(directory.resolve("tasks.ndjson"), content);
    }
}
