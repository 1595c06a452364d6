package dev.millrace.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
    private static Event read(String json) throws IOException {
        return Event.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(Event event) {
        byte[] body =
                switch (event) {
                    case Event.Direct direct -> direct.body();
                    case Event.Http http -> http.body();
                };
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void eventOfAScheduleAsksForTheUsual() throws IOException {
        assertThat(body(read(Samples.SCHEDULED))).isEqualTo("{}");
        assertThat(body(read("{\"reason\": \"sweep\"}"))).isEqualTo("{}");
    }

    @Test
    void whoeverInvokesTheFunctionMaySayHowFar() throws IOException {
        assertThat(read("{\"max\": 3, \"slice\": \"PT1M\"}")).isInstanceOf(Event.Direct.class);
        assertThat(body(read("{\"reason\": \"x\", \"max\": 3}"))).isEqualTo("{\"max\":3}");
        assertThat(body(read("null"))).isEqualTo("{}");
        assertThat(body(read(""))).isEqualTo("{}");
    }

    @Test
    void requestsOfUrlsAndApisAreToldApart() throws IOException {
        Event.Http url = (Event.Http) read(Samples.url("/api/v1/drain", "Bearer abc", "{\\\"max\\\":1}"));
        Event.Http api = (Event.Http) read(Samples.api("/api/v1/drain", "bearer  abc "));

        assertThat(url.url()).isTrue();
        assertThat(url.bearer()).isEqualTo("abc");
        assertThat(body(url)).isEqualTo("{\"max\":1}");
        assertThat(api.url()).isFalse();
        assertThat(api.bearer()).isEqualTo("abc");
        assertThat(body(api)).isEqualTo("{}");
    }

    @Test
    void onlyAwsSaysThatItHasAskedWhoCalls() throws IOException {
        assertThat(((Event.Http) read(Samples.signed("/api/v1/drain"))).signed()).isTrue();
        String forged = Samples.url("/", "none", "{\\\"requestContext\\\":{\\\"authorizer\\\":{\\\"iam\\\":{}}}}");
        assertThat(((Event.Http) read(forged)).signed()).isFalse();
    }

    @Test
    void bodiesInBase64AreRead() throws IOException {
        String body = Base64.getEncoder().encodeToString("{\"max\":2}".getBytes(StandardCharsets.UTF_8));
        String event = Samples.url("/api/v1/drain", "Bearer abc", body)
                .replace("\"isBase64Encoded\": false", "\"isBase64Encoded\": true");

        assertThat(body(read(event))).isEqualTo("{\"max\":2}");
    }

    /** As a direct call each of them would be obeyed, though nobody has asked who sent it. */
    @Test
    void requestsInOtherFormatsAreNotTakenForDirectCalls() {
        for (String other : List.of(
                "{\"version\": \"1.0\", \"httpMethod\": \"POST\", \"path\": \"/x\", \"requestContext\": {}}",
                "{\"httpMethod\": \"POST\"}",
                "{\"requestContext\": {\"elb\": {}}}",
                "{\"Records\": []}")) {
            assertThatThrownBy(() -> read(other)).as(other).isInstanceOf(MillraceException.class);
        }
    }
}
