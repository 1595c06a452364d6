package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** What a platform asks a sleeping worker. */
interface DrainRules extends ApiFixture {
    @Test
    default void drainAnswersWhenNothingIsLeftToDo() {
        String queue = queue();
        String id = submitted(queue, "{'type':'sleep','payload':{'duration':'PT0.5S'}}")
                .extract()
                .path("id");
        post("/drain").then().statusCode(200).contentType(JSON).body("more", is(false));
        get("/tasks/" + id).then().body("state", equalTo("succeeded"));
    }

    @Test
    default void drainSaysHowLongItTook() {
        assertThat(post("/drain").header("Server-Timing")).matches("drain;dur=\\d+");
    }

    @Test
    default void boundsOfADrainAreChecked() {
        for (String body : new String[] {"{'max':0}", "{'slice':'PT0S'}", "{'idle':'PT2H'}", "{'until':1}"}) {
            Response response = json(body).post("/drain");
            problem(response, 400, "INVALID_REQUEST");
        }
        problem(json("{").post("/drain"), 400, "MALFORMED_JSON");
    }
}
