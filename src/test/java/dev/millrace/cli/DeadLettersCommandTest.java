package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import dev.millrace.cli.AnsweringServer.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the dead failed, and what is done to them; queues and how they are set and deleted. */
class DeadLettersCommandTest {
    private static final String GROUP = "8a5edab282632443";
    private static final String FOUND = """
            {"items":[{"queue":"mail","type":"send","error":{"type":"IO","message":"no route"},"group":"%s","dead":1200,
            "failures":1500,"firstSeen":"2026-01-01T00:00:00.000Z","lastSeen":"2026-01-02T00:00:00.000Z","sample":"x"}],
            "next":null,"dead":1203,"others":3}""".formatted(GROUP);

    @Test
    void groupsAreShownWithHowManyAreDeadOfThem() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(FOUND))) {
            CommandRun run = CommandRun.of("dead-letters", "--queue", "mail", "--server", server.uri());

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out())
                    .containsPattern("mail +" + GROUP + " +1,?200 +2026-01-02T00:00:00.000Z +send +IO: no route")
                    .contains("3 more failed in other ways.");
            assertThat(server.requests().getFirst().path()).isEqualTo("/api/v1/dead-letters?limit=50&queue=mail");
        }
    }

    @Test
    void aGroupIsCountedRetriedEditedOrDeleted() {
        try (AnsweringServer server =
                new AnsweringServer(request -> Reply.json("{\"matched\":3,\"done\":3,\"next\":null}"))) {
            for (List<String> line : List.of(
                    List.of("retry", "mail", GROUP, "--dry-run"),
                    List.of("retry", "mail", GROUP, "--patch", "{\"n\": 1.10}"),
                    List.of("delete", "mail", GROUP))) {
                String[] all = java.util.stream.Stream.of(
                                List.of("dead-letters"), line, List.of("--server", server.uri()))
                        .flatMap(List::stream)
                        .toArray(String[]::new);
                assertThat(CommandRun.of(all).out()).isEqualTo(line.getFirst() + ": 3 tasks match, 3 done\n");
            }
            String filter = "\"filter\":{\"queue\":\"mail\",\"state\":\"dead\",\"group\":\"" + GROUP + "\"}";
            assertThat(server.requests())
                    .extracting(Request::body)
                    .containsExactly(
                            "{\"action\":\"retry\",\"dryRun\":true," + filter + "}",
                            "{\"action\":\"retry\",\"dryRun\":false," + filter + ",\"patch\":{\"n\":1.10}}",
                            "{\"action\":\"delete\",\"dryRun\":false," + filter + "}");
        }
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingIsSent() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json("{}"))) {
            for (List<String> line : List.of(
                    List.of("dead-letters", "retry", "mail", "nope"),
                    List.of("dead-letters", "retry", "mail", GROUP, "--patch", "{"),
                    List.of("dead-letters", "--limit", "501"),
                    List.of("actions", "cancel", "--queue", "mail", "--patch", "{}"),
                    List.of("tasks", "--text", "acme"),
                    List.of("queue", "mail", "--default", "backoff={"))) {
                String[] all = java.util.stream.Stream.of(line, List.of("--server", server.uri()))
                        .flatMap(List::stream)
                        .toArray(String[]::new);
                assertThat(CommandRun.of(all).code()).as(line.toString()).isEqualTo(2);
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void defaultsAndRetentionOfAQueueAreSetAndTakenAway() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json("{\"name\":\"mail\"}"))) {
            CommandRun run = CommandRun.of(
                    "queue",
                    "mail",
                    "--default",
                    "timeout=PT1M",
                    "--default",
                    "maxAttempts=7",
                    "--default",
                    "ttl=none",
                    "--default",
                    "backoff={\"kind\":\"fixed\"}",
                    "--retention",
                    "dead.age=60d",
                    "--retention",
                    "expired.age=P2W",
                    "--retention",
                    "dead.count=none",
                    "--retention",
                    "dedupe=PT1H",
                    "--server",
                    server.uri());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(server.requests().getFirst().body())
                    .isEqualTo(
                            "{\"defaults\":{\"timeout\":\"PT1M\",\"maxAttempts\":7,\"ttl\":null,"
                                    + "\"backoff\":{\"kind\":\"fixed\"}},\"retention\":{\"dead\":{\"age\":\"PT1440H\",\"count\":null},\"expired\":{\"age\":\"P2W\"},\"dedupe\":\"PT1H\"}}");
        }
    }

    @Test
    void queuesAreDeletedOneByOne() {
        try (AnsweringServer server =
                new AnsweringServer(request -> request.path().contains("busy")
                        ? Reply.problem(409, "ILLEGAL_TRANSITION", "Queue busy has tasks.")
                        : new Reply(204, "text/plain", ""))) {
            CommandRun run = CommandRun.of("queues", "delete", "busy", "mail", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("Queue mail is deleted.\n");
            assertThat(run.err()).contains("Queue busy has tasks.");
            CommandRun.of("queues", "delete", "mail", "--force", "--server", server.uri());
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.path())
                    .last()
                    .isEqualTo("DELETE /api/v1/queues/mail?force=true");
        }
    }
}
