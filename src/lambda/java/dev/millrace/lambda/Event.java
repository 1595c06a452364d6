package dev.millrace.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an invocation is about. */
sealed interface Event {
    byte[] NOTHING_SAID = {'{', '}'};

    /**
     * From a schedule, or from whoever may invoke the function: AWS has asked who that is.
     *
     * @param body as of {@code POST /drain}
     */
    record Direct(byte[] body) implements Event {}

    /**
     * From a function URL or an HTTP API, in version 2.0 of their format.
     *
     * @param bearer of the header Authorization, null without
     * @param signed AWS has asked who calls (IAM)
     * @param url from a function URL, which holds an answer as long as the function runs
     */
    record Http(String id, String method, String path, String bearer, boolean signed, boolean url, byte[] body)
            implements Event {
        private static final String BEARER = "Bearer ";
        /** In the domain name of every function URL. */
        private static final String URL = ".lambda-url.";

        private static Http of(JsonNode event) {
            JsonNode request = event.path("requestContext");
            String authorization =
                    event.path("headers").path("authorization").asText().strip();
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return new Http(
                    request.path("requestId").asText(),
                    request.path("http").path("method").asText(),
                    event.path("rawPath").asText(),
                    bearer ? authorization.substring(BEARER.length()).strip() : null,
                    request.path("authorizer").path("iam").isObject(),
                    request.path("domainName").asText().contains(URL),
                    body(event));
        }

        private static byte[] body(JsonNode event) {
            String body = event.path("body").asText();
            if (body.isBlank() || body.equals("null")) {
                return NOTHING_SAID;
            }
            return event.path("isBase64Encoded").asBoolean()
                    ? Base64.getDecoder().decode(body)
                    : body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * @throws MillraceException {@code INVALID_REQUEST} for what is neither, such as an HTTP request in another format:
     *     nobody would have asked who sent it
     */
    static Event read(byte[] json) throws IOException {
        JsonNode event = new ObjectMapper().readTree(json);
        if (event.path("requestContext").path("http").isObject()) {
            return Http.of(event);
        }
        if (event.has("requestContext") || event.has("httpMethod") || event.has("Records")) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST,
                    "The function takes requests of function URLs and HTTP APIs in format 2.0, events of schedules, and"
                            + " {\"max\": n, \"slice\": duration, \"idle\": duration}; this event is none of them.");
        }
        return new Direct(event.has("detail-type") ? NOTHING_SAID : withoutReason(event));
    }

    /** Why somebody calls is for people. */
    private static byte[] withoutReason(JsonNode event) {
        if (event.isMissingNode() || event.isNull()) {
            return NOTHING_SAID;
        }
        if (event instanceof ObjectNode members) {
            members.remove("reason");
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
