package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import dev.millrace.cli.AnsweringServer.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that change what is there: what they send, and when they do not. */
class ChangeCommandsTest {
    private final InputStream stdin = System.in;

    @AfterEach
    void restore() {
        System.setIn(stdin);
        System.clearProperty(Terminal.STREAMS);
    }

    @Test
    void refusedTaskDoesNotHoldUpTheOthers() {
        try (AnsweringServer server =
                new AnsweringServer(request -> request.path().contains("/b/")
                        ? Reply.problem(409, "ILLEGAL_TRANSITION", "Task b is dead.")
                        : Reply.json("{\"id\":\"x\",\"queue\":\"q\",\"state\":\"cancelled\"}"))) {
            CommandRun run = CommandRun.of("cancel", "a", "b", "c", "--server", server.uri());

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out().lines()).hasSize(2).allMatch("Task x in q is cancelled."::equals);
            assertThat(run.err()).isEqualTo("millrace: Task b is dead. (409 ILLEGAL_TRANSITION)\n");
            assertThat(server.requests())
                    .extracting(Request::method, Request::path)
                    .last()
                    .isEqualTo(org.assertj.core.groups.Tuple.tuple("POST", "/api/v1/tasks/c/cancel"));
        }
    }

    @Test
    void retryCarriesThePayloadAsItIs() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json("{\"id\":\"a\"}"))) {
            CommandRun.of("retry", "a", "--payload", "{\"n\": 1e400}", "--server", server.uri());
            assertThat(server.requests().getFirst().body()).isEqualTo("{\"payload\":{\"n\": 1e400}}");
        }
    }

    @Test
    void deletedTaskIsGone() {
        try (AnsweringServer server = new AnsweringServer(request -> new Reply(204, "text/plain", ""))) {
            CommandRun run = CommandRun.of("delete", "a", "--output", "json", "--server", server.uri());
            assertThat(run.out()).isEqualTo("{\"id\":\"a\",\"deleted\":true}\n");
            assertThat(server.requests().getFirst().method()).isEqualTo("DELETE");
        }
    }

    @Test
    void nodesAreToldOneByOneUnderTheirIds() {
        try (AnsweringServer server =
                new AnsweringServer(request -> request.path().contains("a%2Fb%20c")
                        ? Reply.json("{\"id\":\"a\",\"state\":\"active\",\"told\":\"quiet\"}")
                        : Reply.json("{\"id\":\"d\",\"state\":\"quiet\"}"))) {
            CommandRun run = CommandRun.of("nodes", "quiet", "a/b c", "d", "--server", server.uri());
            assertThat(run.code()).isZero();
            assertThat(run.out()).isEqualTo("Node a/b c is told to quiet.\nNode d is quiet.\n");
            assertThat(server.requests())
                    .extracting(Request::path)
                    .containsExactly("/api/v1/clustering/nodes/a%2Fb%20c/quiet", "/api/v1/clustering/nodes/d/quiet");
        }
    }

    @Test
    void concurrencyOfAQueueIsSetAndTakenAway() {
        try (AnsweringServer server = new AnsweringServer(
                request -> Reply.json("{\"name\":\"mail\",\"counts\":{\"ready\":2},\"config\":{\"concurrency\":5}}"))) {
            CommandRun run = CommandRun.of("queue", "mail", "--concurrency", "5", "--server", server.uri());
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("concurrency   5");
            CommandRun.of("queue", "mail", "--concurrency", "none", "--server", server.uri());
            CommandRun.of("queue", "mail", "--server", server.uri());
            assertThat(CommandRun.of("queue", "mail", "--concurrency", "0", "--server", server.uri())
                            .code())
                    .isEqualTo(2);
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.body())
                    .containsExactly("PATCH {\"concurrency\":5}", "PATCH {\"concurrency\":null}", "GET ");
        }
    }

    @Test
    void rateOfAQueueIsSetAndTakenAway() {
        String there = "{\"limit\":7,\"per\":\"PT1M\",\"burst\":1}";
        try (AnsweringServer server = new AnsweringServer(
                request -> Reply.json("{\"name\":\"mail\",\"config\":{\"rateLimit\":%s}}".formatted(there)))) {
            CommandRun run = CommandRun.of("queue", "mail", "--rate", "7/PT1M", "--server", server.uri());
            assertThat(run.out()).contains("rateLimit     7 in PT1M, at once 1");
            CommandRun.of("queue", "mail", "--rate", "9", "--server", server.uri());
            CommandRun.of("queue", "mail", "--rate", "9/90s", "--server", server.uri());
            CommandRun.of("queue", "mail", "--rate", "none", "--server", server.uri());
            assertThat(server.requests())
                    .extracting(Request::body)
                    .containsExactly(
                            "{\"rateLimit\":{\"limit\":7,\"per\":\"PT1M\"}}",
                            "{\"rateLimit\":{\"limit\":9,\"per\":\"PT1S\"}}",
                            "{\"rateLimit\":{\"limit\":9,\"per\":\"PT1M30S\"}}",
                            "{\"rateLimit\":null}");
        }
    }

    @Test
    void whatAQueueKeepsIsShownInWordsAndDefaultsAreSentAsTheApiWritesThem() {
        String kept =
                "{\"dead\":{\"age\":\"PT168H\",\"count\":10},\"expired\":{\"age\":\"PT90M\",\"bytes\":2048},\"dedupe\":\"PT24H\"}";
        try (AnsweringServer server = new AnsweringServer(request ->
                Reply.json("{\"name\":\"mail\",\"config\":{\"retention\":%s},\"ownRetention\":[\"dead.count\"]}"
                        .formatted(kept)))) {
            CommandRun run = CommandRun.of(
                    "queue", "mail", "--default", "timeout=90", "--default", "ttl=2m", "--server", server.uri());
            assertThat(run.out())
                    .contains("  dead          7 d 0 h, at most 10 tasks (set here)\n")
                    .contains("  expired       1 h 30 min, at most 2,048 bytes\n")
                    .contains("  dedupe        1 d 0 h\n");
            assertThat(server.requests().getFirst().body())
                    .isEqualTo("{\"defaults\":{\"timeout\":\"PT1M30S\",\"ttl\":\"PT2M\"}}");
        }
    }

    @Test
    void limitsOfAQueueAreSetAndTakenAwayTogether() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json("{\"name\":\"mail\"}"))) {
            CommandRun.of(
                    "queue", "mail", "--max-depth", "5", "--max-bytes", "1099511627776", "--server", server.uri());
            CommandRun.of("queue", "mail", "--max-depth", "none", "--server", server.uri());
            CommandRun tooMuch =
                    CommandRun.of("queue", "mail", "--max-bytes", "1099511627777", "--server", server.uri());
            assertThat(tooMuch.err()).contains("--max-bytes is 1 to 1099511627776, or none.");
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.body())
                    .containsExactly("PATCH {\"maxDepth\":5,\"maxBytes\":1099511627776}", "PATCH {\"maxDepth\":null}");
        }
    }

    @Test
    void actionGoesOnUntilThereIsNoNext() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(
                "{\"matched\":2,\"done\":1,\"next\":%s}".formatted(request.number() < 2 ? "\"c\"" : "null")))) {
            CommandRun run = CommandRun.of(
                    "actions", "retry", "--state", "dead", "--label", "tenant=acme", "--server", server.uri());

            assertThat(run.out()).isEqualTo("retry: 6 tasks match, 3 done\n");
            assertThat(server.requests())
                    .extracting(Request::body)
                    .first()
                    .isEqualTo("{\"action\":\"retry\",\"dryRun\":false,\"filter\":{\"state\":\"dead\","
                            + "\"labels\":{\"tenant\":\"acme\"}}}");
            assertThat(server.requests())
                    .extracting(Request::body)
                    .last()
                    .asString()
                    .endsWith(",\"next\":\"c\"}");
        }
    }

    @Test
    void purgeCountsFirstAndAsksForTheName() {
        try (AnsweringServer server = purgeable()) {
            CommandRun refused = typing("no\n", server);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("Queue mail: 7 dead (to be deleted)")
                    .contains("Nothing was changed.");
            assertThat(changes(server)).isEmpty();

            CommandRun agreed = typing("mail\n", server);
            assertThat(agreed.code()).isZero();
            assertThat(agreed.out()).isEqualTo("Queue mail: 7 dead (to be deleted). 7 done.\n");
            assertThat(changes(server)).hasSize(1);
        }
    }

    @Test
    void purgeWithNobodyToAskNeedsYes() {
        try (AnsweringServer server = purgeable()) {
            CommandRun run = CommandRun.of("purge", "mail", "--state", "dead", "--server", server.uri());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("--yes");
            assertThat(changes(server)).isEmpty();

            assertThat(CommandRun.of("purge", "mail", "--waiting", "--yes", "--server", server.uri())
                            .code())
                    .isZero();
            assertThat(changes(server))
                    .hasSize(3)
                    .allMatch(request -> request.body().startsWith("{\"action\":\"cancel\""));
        }
    }

    private static CommandRun typing(String line, AnsweringServer server) {
        System.setProperty(Terminal.STREAMS, "in,out,err");
        System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
        return CommandRun.of("purge", "mail", "--state", "dead", "--server", server.uri());
    }

    private static AnsweringServer purgeable() {
        return new AnsweringServer(request -> request.method().equals("GET")
                ? Reply.json("{\"name\":\"mail\"}")
                : Reply.json("{\"matched\":7,\"done\":%d,\"next\":null}"
                        .formatted(request.body().contains("\"dryRun\":true") ? 0 : 7)));
    }

    private static List<Request> changes(AnsweringServer server) {
        return server.requests().stream()
                .filter(request -> request.body().contains("\"dryRun\":false"))
                .toList();
    }
}
