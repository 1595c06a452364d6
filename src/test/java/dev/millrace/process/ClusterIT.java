package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one Redis act as one. */
@Tag("smoke")
class ClusterIT {
    private static final RedisServer REDIS = RedisServer.shared(Kind.PLAIN);

    @TempDir
    static Path directory;

    private static MillraceProcess front;
    private static MillraceProcess worker;
    private static MillraceProcess back;

    @BeforeAll
    static void start() {
        front = role("api");
        worker = role("worker");
        back = role("api,scheduler");
    }

    @AfterAll
    static void stop() {
        front.close();
        worker.close();
        back.close();
    }

    @Test
    void taskSubmittedOnOneRunsOnAnotherAndIsSeenOnAThird() {
        String id = submit("{\"type\": \"echo\", \"payload\": {\"n\": 1}}");
        JsonNode task = awaitState(id, "succeeded");
        assertThat(task.path("result").path("n").asInt()).isEqualTo(1);
        assertThat(task.path("worker").asText()).isNotEmpty();
    }

    @Test
    void runningTaskIsCancelledFromAnotherNode() {
        String id = submit("{\"type\": \"sleep\", \"payload\": {\"duration\": \"PT60S\"}}");
        awaitState(id, "running");
        assertThat(new Http(back.uri())
                        .post("/api/v1/tasks/" + id + "/cancel", "")
                        .status())
                .isEqualTo(200);
        awaitState(id, "cancelled");
        Until.holds("the handler to stop", () -> runningOnWorker() == 0);
    }

    @Test
    void everyNodeIsListedWithItsRoles() {
        Until.holds("three nodes", () -> nodes().size() >= 3);
        assertThat(nodes().findValuesAsText("version")).doesNotContain("");
    }

    @Test
    void nodeThatWasStoppedIsGoneFromTheList() {
        try (MillraceProcess guest = role("worker")) {
            Until.holds("the guest", () -> nodes().size() == 4);
            assertThat(guest.stop()).isIn(0, 143);
            Until.holds("its farewell", () -> nodes().size() == 3);
        }
    }

    @Test
    void aWorkerThatIsToldToStopHearsOfItAtOnceFinishesWhatItRunsAndExits() {
        try (MillraceProcess guest = MillraceProcess.start(
                directory, Map.of("NODE_ID", "guest"), "--redis", REDIS.uri(), "--roles", "worker")) {
            String node = Until.answered("the guest", () -> nodeNamed("guest"))
                    .path("id")
                    .asText();
            String path = "/api/v1/clustering/nodes/" + node;
            assertThat(new Http(front.uri()).post(path + "/quiet", "").status()).isEqualTo(200);
            long start = System.nanoTime();
            Until.holds(
                    "the guest to be quiet",
                    () -> nodeNamed("guest").path("state").asText().equals("quiet"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("without waiting for a heartbeat, of which there is one every 5 s")
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(new Http(front.uri()).post(path + "/resume", "").status())
                    .isEqualTo(200);
            Until.holds(
                    "the guest to be active",
                    () -> nodeNamed("guest").path("state").asText().equals("active"));
            assertThat(new Http(back.uri()).post(path + "/stop", "").status()).isEqualTo(200);
            assertThat(guest.awaitExit()).isZero();
            Until.holds("its farewell", () -> nodeNamed("guest") == null);
            assertThat(new Http(front.uri()).get(path + "/log").body())
                    .as("what another node said to the last")
                    .contains("was told to quiet", "was told to resume", "was told to stop");
            assertThat(new Http(front.uri())
                            .get("/api/v1/clustering/nodes/nobody/log")
                            .status())
                    .isEqualTo(404);
        }
    }

    /** Null when there is none. */
    private static JsonNode nodeNamed(String name) {
        for (JsonNode node : nodes()) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        return null;
    }

    private static int runningOnWorker() {
        int running = 0;
        for (JsonNode node : nodes()) {
            running += node.path("running").asInt();
        }
        return running;
    }

    private static JsonNode nodes() {
        return new Http(back.uri()).read("/api/v1/clustering/nodes").path("items");
    }

    private static String submit(String task) {
        Http.Reply reply = new Http(front.uri()).post("/api/v1/queues/cluster/tasks", task);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().path("id").asText();
    }

    private static JsonNode awaitState(String id, String state) {
        return Until.answered(id + " to be " + state, () -> {
            JsonNode task = new Http(back.uri()).read("/api/v1/tasks/" + id);
            return task.path("state").asText().equals(state) ? task : null;
        });
    }

    private static MillraceProcess role(String roles) {
        return MillraceProcess.start(
                directory, "--redis", REDIS.uri(), "--roles", roles, "--config", Settings.fastLeases(directory));
    }
}
