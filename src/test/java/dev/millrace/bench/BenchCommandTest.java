package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void sqliteIsMeasuredAndTheLastLineIsOneObject() throws Exception {
        JsonNode figures = measured("--store", "sqlite");

        assertThat(figures.path("store").asText()).isEqualTo("sqlite");
    }

    @Test
    void aRedisIsStartedWhenNoneIsNamed() throws Exception {
        JsonNode figures = measured("--store", "redis");

        assertThat(figures.path("store").asText()).isEqualTo("redis");
        assertThat(figures.path("redisBytesPerWaiting").asLong()).isPositive();
        assertThat(figures.path("redisBytesPerFinished").asLong()).isPositive();
    }

    @Test
    void withABacklogEachOperationIsComparedWithAShortQueue() throws Exception {
        JsonNode backlog = measured("--backlog", "5000").path("backlog");

        assertThat(backlog.path("tasks").asInt()).isEqualTo(5000);
        assertThat(backlog.propertyStream().map(Map.Entry::getKey))
                .contains("enqueue", "lease", "complete", "firstPage", "middlePage", "pageOfAll", "demand");
        assertThat(backlog.path("lease").path("ratio").asDouble()).isPositive();
    }

    @Test
    void theTableHasALineForEachFigure() {
        assertThat(run("--tasks", "500", "--rate", "0")).isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("bothPerSecond +[0-9,]+"))
                .noneMatch(line -> line.startsWith("latencyMs"));
    }

    @Test
    void valuesOutOfRangeAreWrongUsage() {
        assertThat(run("--batch", "501")).isEqualTo(2);
        assertThat(err.toString()).contains("--batch must be 1 to 500, not 501");
    }

    @Test
    void aRedisThatIsNotThereEndsTheBenchWithASentence() {
        assertThat(run("--store", "redis", "--redis", "redis://127.0.0.1:1", "--tasks", "10"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("millrace: the bench failed:").hasLineCount(1);
    }

    private JsonNode measured(String... arguments) throws Exception {
        String[] all = {"--tasks", "2000", "--rate", "200", "--seconds", "1", "--output", "json"};
        String[] line = Stream.of(all, arguments).flatMap(Arrays::stream).toArray(String[]::new);
        assertThat(run(line)).as(err.toString()).isZero();
        JsonNode figures =
                new ObjectMapper().readTree(out.toString().lines().toList().getLast());
        assertThat(figures.path("tasks").asInt()).isEqualTo(2000);
        assertThat(figures.path("batch").asInt()).isPositive();
        assertThat(figures.path("enqueuePerSecond").asLong()).isPositive();
        assertThat(figures.path("processPerSecond").asLong()).isPositive();
        assertThat(figures.path("bothPerSecond").asLong()).isPositive();
        assertThat(figures.path("barePerSecond").asLong()).isPositive();
        assertThat(figures.path("latencyMs").path("p50").asDouble()).isPositive();
        assertThat(figures.path("latencyMs").path("p99").asDouble())
                .isGreaterThanOrEqualTo(figures.path("latencyMs").path("p50").asDouble());
        return figures;
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
