package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends that was told to (SIGTERM) while it has a lot to do. */
@Tag("smoke")
class EndIT {
    private static final String TASKS = "/api/v1/queues/q/tasks";

    @TempDir
    Path directory;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void requestsUnderWayAreAnsweredAndWhatRunsEndsOrGoesBackBeforeThePortCloses() {
        try (MillraceProcess server = MillraceProcess.start(directory, Map.of("MILLRACE_DRAIN", "PT3S"))) {
            Http http = new Http(server.uri());
            CompletableFuture<Http.Reply> poll =
                    later(() -> http.post("/api/v1/queues/other/leases", "{\"wait\": \"PT20S\"}"));
            CompletableFuture<Http.Reply> brief = later(() -> sleep(http, "brief", "PT2S"));
            CompletableFuture<Http.Reply> slow = later(() -> sleep(http, "slow", "PT1M"));
            String token = lease(http);
            Until.holds("both run", () -> running(http, "brief") && running(http, "slow"));

            server.terminate();
            callers.execute(() -> knock(server));

            assertThat(poll.join().json().path("leases")).as("the long poll").isEmpty();
            assertThat(brief.isDone()).as("a held submission").isFalse();
            assertAnswersStill(http, token);
            assertThat(state(brief.join())).isEqualTo("succeeded");
            assertThat(state(slow.join())).isEqualTo("ready");
            assertThat(server.awaitExit()).isIn(0, 143);
            assertThat(server.output()).contains("Handed back 1 tasks").doesNotContain("\tat ");

            server.restart();
            assertReleased(new Http(server.uri()).read("/api/v1/tasks/slow"));
        }
    }

    /** Clients go on to connect until there is nobody. */
    private static void knock(MillraceProcess server) {
        while (server.alive()) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                client.setSoLinger(true, 0);
            } catch (IOException refused) {
                // That is what the others wait for.
            }
            Until.pause(1);
        }
    }

    private static void assertAnswersStill(Http http, String token) {
        assertThat(http.get("/q/health/ready").status()).as("readiness").isEqualTo(503);
        assertThat(http.get("/q/health/live").status()).as("liveness").isEqualTo(200);
        for (String action : List.of("extend", "complete")) {
            assertThat(http.post("/api/v1/leases/" + token + "/" + action, "{}").status())
                    .as(action)
                    .isEqualTo(200);
        }
    }

    private static void assertReleased(JsonNode task) {
        assertThat(task.path("history").findValuesAsText("cause")).contains("released");
        assertThat(task.path("attempts").asInt())
                .as("attempts, with the present one")
                .isLessThanOrEqualTo(1);
        assertThat(task.path("crashes").asInt()).isZero();
    }

    private CompletableFuture<Http.Reply> later(Supplier<Http.Reply> call) {
        return CompletableFuture.supplyAsync(call, callers);
    }

    private static Http.Reply sleep(Http http, String id, String duration) {
        String task =
                "{\"id\": \"%s\", \"type\": \"sleep\", \"payload\": {\"duration\": \"%s\"}}".formatted(id, duration);
        return http.post(TASKS, task, "Prefer", "wait=20");
    }

    /** Of a task of a pull worker's. */
    private static String lease(Http http) {
        http.post("/api/v1/queues/pulled/tasks", "{\"type\": \"foreign\"}");
        JsonNode leases = http.post("/api/v1/queues/pulled/leases", "{}").json().path("leases");
        return leases.path(0).path("token").asText();
    }

    private static boolean running(Http http, String id) {
        Http.Reply reply = http.get("/api/v1/tasks/" + id);
        return reply.ok() && state(reply).equals("running");
    }

    private static String state(Http.Reply reply) {
        return reply.json().path("state").asText();
    }
}
