package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.cluster.OwnProgram;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody's own that depends on the jar, as in docs/examples: built, its tests run, and started. */
class OwnWorkerIT {
    private static final String VERSION = OwnProgram.version();

    @TempDir
    Path directory;

    @Test
    void aProjectWithAHandlerIsACompleteWorker() throws Exception {
        Path jar = OwnProject.build(directory, Map.of());
        try (MillraceProcess server = MillraceProcess.startJar(jar, directory)) {
            Http http = new Http(server.uri());
            JsonNode task = http.post(
                            "/api/v1/queues/orders/tasks",
                            "{\"type\": \"invoice.write\", \"payload\": {\"customer\": \"Ada\", \"cents\": 1250}}",
                            "Prefer",
                            "wait=20")
                    .json();
            assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("succeeded");
            assertThat(task.path("result").asText()).isEqualTo("Invoice for Ada");
            assertThat(http.read("/api/v1/tasks/remind-" + task.path("id").asText())
                            .path("state")
                            .asText())
                    .isEqualTo("ready");
            assertThat(http.get("/").body()).as("the dashboard").contains("</html>");
            JsonNode node = http.read("/api/v1/clustering/nodes").at("/items/0");
            assertThat(node.path("version").asText()).as("of Millrace").isEqualTo(VERSION);
            assertThat(server.stop()).isIn(0, 143);
        }
    }
}
