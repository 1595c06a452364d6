package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that runs tasks while a request is open, and one that ends when it has run them. */
@Tag("smoke")
class DrainIT {
    @TempDir
    Path directory;

    @Test
    void drainThatOutlastsTheIdleTimeoutIsAnsweredAllTheSame() {
        Map<String, String> settings = Map.of("MILLRACE_WORKER_ON_DEMAND", "true", "QUARKUS_HTTP_IDLE_TIMEOUT", "11S");
        try (MillraceProcess server = MillraceProcess.start(directory, settings)) {
            Http http = new Http(server.uri());
            submit(http, "PT13S");
            assertThat(drain(server).join().json().toString()).isEqualTo("{\"done\":1,\"more\":false}");
        }
    }

    @Test
    void drainIsAnsweredWhenTheProcessIsToldToEndAndItsTaskGoesBack() {
        Map<String, String> settings = Map.of("MILLRACE_WORKER_ON_DEMAND", "true", "MILLRACE_DRAIN", "PT1S");
        try (MillraceProcess server = MillraceProcess.start(directory, settings)) {
            Http http = new Http(server.uri());
            String id = submit(http, "PT60S");
            CompletableFuture<Http.Reply> drained = drain(server);
            Until.holds("the task to run", () -> state(http, id).equals("running"));
            assertThat(server.stop()).isIn(0, 143);
            assertThat(drained.join().json().toString()).isEqualTo("{\"done\":0,\"more\":true}");
            server.restart();
            assertThat(state(http, id)).isEqualTo("ready");
            assertThat(http.read("/api/v1/tasks/" + id).path("attempts").asInt())
                    .isZero();
        }
    }

    @Test
    void processThatIsToExitWhenIdleRunsWhatThereIsFirst() {
        String id;
        try (MillraceProcess server = MillraceProcess.start(directory, Map.of("MILLRACE_WORKER_ON_DEMAND", "true"))) {
            id = submit(new Http(server.uri()), "PT0.1S");
            server.stop();
        }
        MillraceProcess.Ran ran = MillraceProcess.run(directory, Map.of(), "start", "--port", "0", "--exit-when-idle");
        assertThat(ran.code()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("1 tasks done and none left to do");
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            assertThat(state(new Http(server.uri()), id)).isEqualTo("succeeded");
        }
    }

    private static CompletableFuture<Http.Reply> drain(MillraceProcess server) {
        return CompletableFuture.supplyAsync(() -> new Http(server.uri()).post("/api/v1/drain", "{}"));
    }

    private static String submit(Http http, String duration) {
        String task = "{\"type\":\"sleep\",\"payload\":{\"duration\":\"" + duration + "\"}}";
        return http.post("/api/v1/queues/drained/tasks", task).json().path("id").asText();
    }

    private static String state(Http http, String id) {
        return http.read("/api/v1/tasks/" + id).path("state").asText();
    }
}
