package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** {@code http.request}, from the submission to its result, in a server as users have it. */
interface HttpRequestRules extends ApiFixture {
    @Test
    default void aRequestIsSentAndItsAnswerIsTheResult() {
        requested("http://localhost:" + RestAssured.port + "/q/health/live")
                .body("state", equalTo("succeeded"))
                .body("result.status", equalTo(200))
                .body("result.body.status", equalTo("UP"));
    }

    @Test
    default void forbiddenAddressesAreNotReached() {
        // As long as its timeout for a connection, whatever stands in the way.
        requested("http://169.254.169.254/latest/meta-data/", "PT5S")
                .body("state", equalTo("dead"))
                .body("error.type", equalTo("Unreachable"))
                .body("error.message", equalTo("The backend could not be reached."));
    }

    @Test
    default void requestsMakeNoSeriesOfTheirOwn() {
        requested("http://localhost:" + RestAssured.port + "/q/health/live?series=1");
        assertThat(request().basePath("").get("/q/metrics").asString())
                .doesNotContain("http_client")
                .contains("millrace_");
    }

    private ValidatableResponse requested(String url) {
        return requested(url, "PT5M");
    }

    private ValidatableResponse requested(String url, String timeout) {
        return json("{'type':'http.request','maxAttempts':1,'timeout':'" + timeout + "','payload':{'url':'" + url
                        + "'}}")
                .header("Prefer", "wait=15")
                .post("/queues/" + queue() + "/tasks")
                .then()
                .statusCode(201);
    }
}
