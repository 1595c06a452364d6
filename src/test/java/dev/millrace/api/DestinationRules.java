package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How destinations are seen and set. */
interface DestinationRules extends ApiFixture {
    String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    String ONE = "{'backends':[{'url':'http://127.0.0.1:9009/in'}]}";

    private Response put(String name, String body) {
        return json(body).put("/destinations/" + name);
    }

    @Test
    default void destinationIsKeptWithItsDefaults() {
        String name = queue();
        put(name, ONE)
                .then()
                .statusCode(201)
                .body("name", equalTo(name))
                .body("backends[0].weight", equalTo(1))
                .body("balance", equalTo("round-robin"))
                .body("concurrency", equalTo(64))
                .body("breaker.open", equalTo("PT10S"))
                .body("configured", equalTo(false))
                .body("$", not(hasKey("timeout")));
        put(name, ONE).then().statusCode(200);
        get("/destinations/" + name).then().statusCode(200).body("name", equalTo(name));
        request().delete("/destinations/" + name).then().statusCode(204);
        problem(get("/destinations/" + name), 404, "DESTINATION_NOT_FOUND");
        problem(request().delete("/destinations/" + name), 404, "DESTINATION_NOT_FOUND");
    }

    @Test
    default void secretIsNeverShownAndStaysUnlessAnotherIsNamed() {
        String name = queue();
        String signed = ONE.replace("}]}", "}],'signingSecret':'" + SECRET + "'}");
        for (String body : List.of(signed, ONE)) {
            String answer = put(name, body)
                    .then()
                    .body("signingSecrets", equalTo(1))
                    .extract()
                    .asString();
            assertThat(answer).doesNotContain("whsec_");
        }
        assertThat(get("/destinations/" + name).asString()).doesNotContain("whsec_");
        assertThat(get("/destinations?limit=500").asString()).doesNotContain("whsec_");
        put(name, ONE.replace("}]}", "}],'signingSecret':null}")).then().body("signingSecrets", equalTo(0));
        String wrong = ONE.replace("}]}", "}],'signingSecret':'whsec_secret!'}");
        assertThat(put(name, wrong).then().statusCode(400).extract().asString()).doesNotContain("secret!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/backends",
                "{'backends':[]}|/backends",
                "{'backends':[{'weight':2}]}|/backends/0/url",
                "{'backends':[{'url':'ftp://x/'}]}|/backends/0/url",
                "{'backends':[{'url':'http://u:p@127.0.0.1:9009/'}]}|/backends/0/url",
                "{'backends':[{'url':'http://169.254.169.254/'}]}|/backends/0/url",
                "{'backends':[{'url':'http://127.0.0.1:9009/','weight':0}]}|/backends/0/weight",
                "{'backends':[{'url':'http://127.0.0.1:9009/'},{'url':'http://127.0.0.1:9009/'}]}|/backends/1/url",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'balance':'best'}|/balance",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'sticky':'tenant'}|/sticky",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'concurrency':0}|/concurrency",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'breaker':{'probes':0}}|/breaker/probes",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'healthCheck':{'path':'//evil/'}}|/healthCheck/path",
                "{'backends':[{'url':'http://127.0.0.1:9009/'}],'nope':1}|/nope"
            })
    default void whatIsWrongIsNamed(String body, String pointer) {
        Response answer = put(queue(), body);
        problem(answer, 400, "INVALID_REQUEST");
        answer.then().body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    default void changeNeedsTheVersionThatItNames() {
        String name = queue();
        String first = put(name, ONE).header("ETag");
        problem(json(ONE).header("If-None-Match", "*").put("/destinations/" + name), 412, "PRECONDITION_FAILED");
        String second =
                json(ONE).header("If-Match", first).put("/destinations/" + name).header("ETag");
        assertThat(second).isNotEqualTo(first);
        problem(json(ONE).header("If-Match", first).put("/destinations/" + name), 412, "PRECONDITION_FAILED");
        problem(request().header("If-Match", first).delete("/destinations/" + name), 412, "PRECONDITION_FAILED");
        request()
                .header("If-Match", second)
                .delete("/destinations/" + name)
                .then()
                .statusCode(204);
    }

    @Test
    default void backendsComeDrainAndGo() {
        String name = queue();
        put(name, ONE);
        String path = "/destinations/" + name + "/backends";
        json("{'url':'http://127.0.0.1:9010/in','weight':3}")
                .post(path)
                .then()
                .statusCode(200)
                .body("backends.url", contains("http://127.0.0.1:9009/in", "http://127.0.0.1:9010/in"))
                .body("backends.weight", contains(1, 3));
        json("{'url':'http://127.0.0.1:9009/in'}")
                .post(path + "/drain")
                .then()
                .statusCode(200)
                .body("backends.draining", contains(true, false));
        json("{'url':'http://127.0.0.1:9009/in'}")
                .post(path + "/resume")
                .then()
                .body("backends.draining", contains(false, false));
        json("{'url':'http://127.0.0.1:9009/in'}")
                .post(path + "/remove")
                .then()
                .statusCode(200)
                .body("backends.url", contains("http://127.0.0.1:9010/in"));
        problem(json("{'url':'http://127.0.0.1:9010/in'}").post(path + "/remove"), 400, "INVALID_REQUEST");
        problem(json("{'url':'http://127.0.0.1:9009/in'}").post(path + "/drain"), 400, "INVALID_REQUEST");
        problem(
                json("{'url':'http://127.0.0.1:9009/in'}").post("/destinations/" + queue() + "/backends"),
                404,
                "DESTINATION_NOT_FOUND");
    }

    @Test
    default void listIsPagedByNameOfDestinations() {
        String name = queue();
        for (String each : List.of("a", "b", "c")) {
            put(name.substring(0, 20) + each, ONE);
        }
        Response first = get("/destinations?limit=1");
        first.then().statusCode(200).body("items", hasSize(1));
        String next = first.path("next");
        get("/destinations?limit=1&cursor=" + next)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].name", not(equalTo(first.path("items[0].name"))));
        problem(get("/destinations?cursor=nonsense"), 400, "INVALID_REQUEST");
    }

    @Test
    default void statsOfWhatIsNotThereAreNotThere() {
        problem(get("/destinations/" + queue() + "/stats"), 404, "DESTINATION_NOT_FOUND");
    }

    @Test
    default void taskArrivesInTheTraceThatItWasSubmittedIn() throws IOException {
        List<Headers> arrived = new CopyOnWriteArrayList<>();
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        backend.createContext("/", exchange -> {
            arrived.add(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        backend.start();
        try {
            String name = queue();
            put(name, ONE.replace("9009", "" + backend.getAddress().getPort()));
            json("{'type':'t','destination':'" + name + "'}")
                    .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                    .header("tracestate", "vendor=a,other=b")
                    .header("Prefer", "wait=15")
                    .post("/queues/" + name + "/tasks")
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("succeeded"));
        } finally {
            backend.stop(0);
        }
        assertThat(arrived).singleElement().satisfies(headers -> {
            assertThat(headers.getFirst("traceparent"))
                    .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                    .doesNotContain("00f067aa0ba902b7");
            assertThat(headers.getFirst("tracestate")).isEqualTo("vendor=a,other=b");
        });
    }
}
