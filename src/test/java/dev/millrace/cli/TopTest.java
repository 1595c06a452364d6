package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.cli.AnsweringServer.Reply;
import dev.millrace.cli.AnsweringServer.Request;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopTest {
    @Test
    void busiestQueuesComeFirstWithTheirRates() {
        int[] looks = {0};
        try (AnsweringServer server = new AnsweringServer(request -> answer(request, looks[0], 3));
                ApiClient client = new ApiClient(URI.create(server.uri()), null)) {
            TopLook look = new TopLook(client);
            JsonNode first = look.runOnce();
            looks[0] = 1;
            JsonNode second = look.runOnce();

            assertThat(first.at("/queues/0/name").asText()).isEqualTo("q2");
            assertThat(first.at("/queues/0").has("startedPerSecond")).isFalse();
            assertThat(second.at("/queues/0/startedPerSecond").asDouble()).isPositive();
            assertThat(second.at("/queues/1/startedPerSecond").asDouble()).isZero();
        }
    }

    @Test
    void pictureFitsTheWindow() {
        try (AnsweringServer server = new AnsweringServer(request -> answer(request, 0, 50));
                ApiClient client = new ApiClient(URI.create(server.uri()), null)) {
            JsonNode seen = new TopLook(client).runOnce();

            List<String> small = TopText.lines(seen, 12, 30);
            assertThat(small).hasSizeLessThanOrEqualTo(12).allMatch(line -> line.length() <= 30);
            assertThat(String.join("\n", small)).contains("q49", "more", "NODE", "n1");
            assertThat(TopText.lines(seen, 100, 200)).hasSize(2 + 51 + 1 + 2);
        }
    }

    @Test
    void withoutATerminalItIsPrinted() {
        try (AnsweringServer server = new AnsweringServer(request -> answer(request, 0, 1))) {
            CommandRun text = CommandRun.of("top", "--count", "1", "--server", server.uri());
            CommandRun json = CommandRun.of("top", "--count", "1", "--output", "json", "--server", server.uri());

            assertThat(text.out()).contains("1 queues  0 ready", "q0").doesNotContain("\u001b");
            assertThat(json.out().lines()).hasSize(1);
        }
    }

    /** Of the counters that of {@code q2} has grown with each look. */
    private static Reply answer(Request request, int look, int queues) {
        if (request.path().startsWith("/q/metrics")) {
            return new Reply(
                    200,
                    "text/plain",
                    "# HELP x\nmillrace_tasks_started_total{queue=\"q1\"} 5.0\nmillrace_tasks_started_total{queue=\"q2\"} "
                            + (7 + look) + "\n");
        }
        if (request.path().contains("nodes")) {
            return Reply.json("{\"items\":[{\"id\":\"n1\",\"roles\":[\"api\"],\"running\":3}]}");
        }
        return Reply.json(IntStream.range(0, queues)
                .mapToObj(i -> "{\"name\":\"q%d\",\"counts\":{\"ready\":%d,\"running\":0}}".formatted(i, i))
                .collect(Collectors.joining(",", "{\"items\":[", "],\"next\":null}")));
    }
}
