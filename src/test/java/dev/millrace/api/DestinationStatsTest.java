package dev.millrace.api;

import static dev.millrace.access.KeysForTests.bearer;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.route.Account;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.delivery.route.RouteView;
import dev.millrace.delivery.route.Spread;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is said of how a destination does, and to whom. */
@QuarkusTest
@TestProfile(KeysProfile.class)
class DestinationStatsTest implements ApiFixture {
    private static final Backend BACKEND = new Backend("http://127.0.0.1:9009/in", 3, false);

    @Inject
    AccountStore accounts;

    @Inject
    InstantSource clock;

    /** A destination that another node told of. */
    private String told() {
        String name = queue();
        json("{'backends':[{'url':'http://127.0.0.1:9009/in','weight':3}]}")
                .header("Authorization", "Bearer " + bearer("operator"))
                .put("/destinations/" + name)
                .then()
                .statusCode(201);
        Instant now = clock.instant();
        List<Long> nanos = LongStream.rangeClosed(1, Spread.POINTS)
                .mapToObj(point -> point * 10_000_000)
                .toList();
        RouteView.Figures figures = new RouteView.Figures(5, 40, 2, new Spread(40, nanos), 3);
        RouteView view = new RouteView(
                "half-open",
                4,
                5,
                6,
                List.of(new RouteView.BackendView(BACKEND, true, false, "open", figures)),
                List.of(new RouteView.Trouble(now, BACKEND.url(), "could not be reached", "refused by 10.1.2.3")));
        accounts.tell(name, new Account("elsewhere", now, view));
        return name;
    }

    private ValidatableResponse stats(String name, String role) {
        return request()
                .header("Authorization", "Bearer " + bearer(role))
                .get("/destinations/" + name + "/stats")
                .then()
                .statusCode(200);
    }

    @Test
    void figuresOfEveryBackendAndNodeAreShown() {
        stats(told(), "viewer")
                .body("delivers", equalTo(true))
                .body("breaker", equalTo("half-open"))
                .body("opened", equalTo(4))
                .body("inFlight", equalTo(5))
                .body("backends.url", contains(BACKEND.url()))
                .body("backends.weight", contains(3))
                .body("backends.breaker", contains("open"))
                .body("backends.healthy", contains(true))
                .body("backends.inFlight", contains(5))
                .body("backends.answered", contains(40))
                .body("backends.failed", contains(2))
                .body("backends.p50", contains("PT0.11S"))
                .body("backends.p95", contains("PT0.2S"))
                .body("nodes.node", hasItem("elsewhere"))
                .body("nodes.find { it.node == 'elsewhere' }.room", equalTo(6))
                .body("nodes.find { it.node == 'elsewhere' }.backends[0].p50", equalTo("PT0.11S"));
    }

    @Test
    void detailOfTroublesIsForOperators() {
        String name = told();
        for (String role : List.of("viewer", "operator", "admin")) {
            stats(name, role).body("errors.message", contains("could not be reached"));
        }
        stats(name, "viewer").body("errors[0]", not(hasKey("detail")));
        stats(name, "operator").body("errors[0].detail", equalTo("refused by 10.1.2.3"));
        stats(name, "admin").body("errors[0].detail", equalTo("refused by 10.1.2.3"));
    }
}
