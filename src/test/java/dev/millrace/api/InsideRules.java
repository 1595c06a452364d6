package dev.millrace.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be provoked only from within the server's process. */
interface InsideRules extends ApiFixture {
    @ParameterizedTest
    @ValueSource(strings = {"broken", "broken-later", "broken-badly"})
    default void whatNobodyExpectedIsInternal(String path) {
        Response response = given().get("/api/test/" + path);
        problem(response, 500, "INTERNAL");
        assertThat(response.asString()).doesNotContain(BrokenResource.SECRET).doesNotContain("java");
    }

    @Test
    default void firstRequestOfAKeyRunsAlone() {
        String queue = queue();
        String key = IdempotencyKey.of("k").dedupeKey(null, queue);
        CompletableFuture<Void> first = new CompletableFuture<>();
        InFlight inFlight = CDI.current().select(InFlight.class).get();
        inFlight.alone(key, () -> first);
        RequestSpecification second = raw("{\"type\":\"t\"}").header("Idempotency-Key", "k");
        Response refused = second.post("/queues/" + queue + "/tasks");
        problem(refused, 409, "IDEMPOTENCY_IN_PROGRESS");
        assertThat(refused.header("Retry-After")).isNotNull();
        first.complete(null);
        second.post("/queues/" + queue + "/tasks").then().statusCode(201);
    }
}
