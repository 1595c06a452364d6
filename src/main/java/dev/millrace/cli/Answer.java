package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What a server answered.
 *
 * @param contentType empty when there is none
 */
record Answer(URI server, int status, String contentType, byte[] body) {
    boolean ok() {
        return status >= 200 && status < 300;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The JSON of an answer that is as it should be.
     *
     * @throws Refused when it is not
     */
    JsonNode json() {
        if (!ok()) {
            throw Refused.by(this);
        }
        return parsed();
    }

    /** The problem's code; empty when the answer is no problem document. */
    String code() {
        return contentType.contains("problem+json") ? parsed().path("code").asText("") : "";
    }

    JsonNode parsed() {
        return Json.parse(body, "The answer of " + server + " is not JSON; is it a Millrace server?");
    }
}
