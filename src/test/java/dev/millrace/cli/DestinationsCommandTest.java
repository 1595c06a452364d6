package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.AnsweringServer.Reply;
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
    void drainNamesTheBackend() {
        try (AnsweringServer server = new AnsweringServer(request -> Reply.json(ONE))) {
            CommandRun.of("destinations", "drain", "hooks", "http://a/", "--server", server.uri());
            CommandRun.of("destinations", "drain", "hooks", "http://a/", "--undo", "--server", server.uri());
            assertThat(server.requests())
                    .extracting(AnsweringServer.Request::path)
                    .containsExactly(
                            "/api/v1/destinations/hooks/backends/drain", "/api/v1/destinations/hooks/backends/resume");
            assertThat(server.requests().getFirst().body()).isEqualTo("{\"url\":\"http://a/\"}");
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
