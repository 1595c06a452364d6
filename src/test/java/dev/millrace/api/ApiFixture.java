package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What the rules of the API need: a running server, reached over HTTP alone. */
interface ApiFixture {
    String BASE = "/api/v1";
    String JSON = "application/json";

    RestAssuredConfig PLAIN = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .encodeContentTypeAs("application/x-ndjson", io.restassured.http.ContentType.TEXT)
                    .encodeContentTypeAs("application/merge-patch+json", io.restassured.http.ContentType.TEXT));

    /** A queue of this test's own. */
    default String queue() {
        return "q-" + UUID.randomUUID();
    }

    default RequestSpecification request() {
        return given().config(PLAIN).basePath(BASE);
    }

    /** A request with a JSON body; single quotes stand for double ones. */
    default RequestSpecification json(String body) {
        return raw(body.replace('\'', '"'));
    }

    /** A request with a JSON body as it is. */
    default RequestSpecification raw(String body) {
        return request().contentType(JSON).body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Submits and expects it to be accepted. */
    default ValidatableResponse submitted(String queue, String body) {
        return json(body).post("/queues/" + queue + "/tasks").then().statusCode(201);
    }

    /** The id of a new task of a type that no worker handles. */
    default String task(String queue) {
        return submitted(queue, "{'type':'by-hand'}").extract().path("id");
    }

    /** Leases one task. */
    default Response lease(String queue) {
        return json("{'lease':'PT30S'}").post("/queues/" + queue + "/leases");
    }

    /** The token of a lease on the queue's next task. */
    default String token(String queue) {
        return lease(queue).then().statusCode(200).extract().path("leases[0].token");
    }

    default Response get(String path) {
        return request().get(path);
    }

    default Response post(String path) {
        return request().post(path);
    }

    /** Expects a whole problem document. */
    default void problem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", notNullValue())
                .body("title", notNullValue())
                .body("status", equalTo(status))
                .body("detail", notNullValue())
                .body("code", equalTo(code))
                .body("requestId", equalTo(response.header("X-Request-Id")));
    }
}
