package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationsCommandTest {
    private static final String ONE =
            "{\"name\":\"hooks\",\"balance\":\"adaptive\",\"concurrency\":8,\"backends\":[{\"url\":\"http://a/\",\"draining\":true}]}";

    @Test
    void listShowsEveryPage() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(
                "{\"items\":[" + ONE + "],\"next\":" + (request.number() == 0 ? "\"abc\"" : "null") + "}"))) {
            CommandRun run = CommandRun.of("destinations", "--server", server.uri());
            assertThat(run.code()).isZero();
            assertThat(run.out().lines().filter(line -> line.startsWith("hooks")))
                    .hasSize(2);
            assertThat(run.out()).contains("adaptive").contains("http://a/ (draining)");
        }
    }

    @Test
    void putSendsWhatItIsGiven() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(ONE))) {
            CommandRun run =
                    CommandRun.of("destinations", "put", "hooks", "{\"backends\":[]}", "--server", server.uri());
            assertThat(run.code()).isZero();
            AnsweringServer.Request request = server.requests().getFirst();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/api/v1/destinations/hooks");
            assertThat(request.body()).isEqualTo("{\"backends\":[]}");
        }
    }

    @Test
    void backendsComeDrainResumeAndGo() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(ONE))) {
            for (String step : List.of("add", "drain", "resume", "remove")) {
                CommandRun run = CommandRun.of("destinations", step, "hooks", "http://a/", "--server", server.uri());
                assertThat(run.code()).as(step).isZero();
                assertThat(run.out()).as(step).contains("\"name\" : \"hooks\"");
            }
            assertThat(server.requests())
                    .extracting(request -> request.method() + " " + request.path() + " " + request.body())
                    .containsExactly(
                            "POST /api/v1/destinations/hooks/backends {\"url\":\"http://a/\",\"weight\":1}",
                            "POST /api/v1/destinations/hooks/backends/drain {\"url\":\"http://a/\"}",
                            "POST /api/v1/destinations/hooks/backends/resume {\"url\":\"http://a/\"}",
                            "POST /api/v1/destinations/hooks/backends/remove {\"url\":\"http://a/\"}");
        }
    }

    @Test
    void backendIsAddedWithItsWeight() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(ONE))) {
            CommandRun.of("destinations", "add", "hooks", "http://a/", "--weight", "3", "--server", server.uri());
            assertThat(server.requests().getFirst().body()).isEqualTo("{\"url\":\"http://a/\",\"weight\":3}");
        }
    }

    @Test
    void refusalIsSaidAndIsCodeOne() {
        try (AnsweringServer server = new AnsweringServer(
                request -> Reply.problem(404, "DESTINATION_NOT_FOUND", "There is no destination hooks."))) {
            CommandRun run = CommandRun.of("destinations", "delete", "hooks", "--server", server.uri());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("There is no destination hooks.");
        }
    }
}
