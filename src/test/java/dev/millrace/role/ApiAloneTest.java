package dev.millrace.role;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiAloneTest.Given.class)
class ApiAloneTest extends RolesTest {
    @Override
    List<String> expected() {
        return List.of("log", "log-sharing", "node", "pools", "http", "memory");
    }

    @Test
    void withoutADashboardThereIsNothingAtItsAddresses() {
        for (String path : List.of("/", "/workers", "/queues", "/login")) {
            given().accept("text/html")
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("NOT_FOUND"));
        }
        given().post("/queues/any/pause").then().statusCode(404);
    }

    public static final class Given extends Profile {
        public Given() {
            super(false, false);
        }
    }
}
