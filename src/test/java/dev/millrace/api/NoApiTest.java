package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process without the role of the API. */
@QuarkusTest
@TestProfile(NoApiTest.WorkerProfile.class)
class NoApiTest implements ApiFixture {
    /** A worker alone. */
    public static class WorkerProfile extends SqliteProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("millrace.role.api", "false");
            return settings;
        }
    }

    @Test
    void nothingOfTheApiIsThere() {
        for (String path : List.of("/tasks", "/queues", "/scaling", "/health")) {
            get(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        }
        json("{'type':'t'}").post("/queues/q/tasks").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void healthIsThere() {
        given().get("/health").then().statusCode(200).body("store", equalTo("sqlite"));
        given().get("/q/health/live").then().statusCode(200);
    }
}
