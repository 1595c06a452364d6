package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Puts a secret everywhere where a server takes one: payloads, results, failures, keys, bodies that it refuses. */
final class Canary {
    /** Of a destination; 24 bytes in base64. */
    static final String SIGNING_SECRET = "c2lnbmluZy1zZWNyZXQtb2YtY2FuYXJ5";

    private static final String QUEUE = "/api/v1/queues/canary/tasks";

    private final Http http;
    private final String secret;
    private final String key;

    /**
     * @param key an administrator's
     */
    Canary(Http http, String secret, String key) {
        this.http = http;
        this.secret = secret;
        this.key = "Bearer " + key;
    }

    void sing() {
        for (int i = 0; i < 200; i++) {
            String type = i % 4 == 0 ? "fail" : "echo";
            accepted(
                    QUEUE,
                    "{\"type\": \"%s\", \"payload\": {\"message\": \"%s\", \"retryable\": false}}"
                            .formatted(type, secret));
        }
        refused(QUEUE, "{\"type\": \"echo\", \"payload\": \"%s\", \"%s\": 1}".formatted(secret, secret), 400);
        refused(QUEUE, "{\"payload\": \"" + secret, 400);
        refused(QUEUE + "/bulk", "[{\"type\": 7, \"payload\": \"%s\"}, \"%s\"".formatted(secret, secret), 400);
        assertThat(http.post(QUEUE, "{}", "Authorization", "Bearer " + secret).status())
                .isEqualTo(401);
        accepted(
                "/api/v1/tasks/actions",
                "{\"action\": \"retry\", \"filter\": {\"labels\": {\"x\": \"%s\"}}}".formatted(secret));
        pull();
        push();
    }

    /** To a destination that cannot be reached; its secret signs what is sent. */
    private void push() {
        String secrets = "\"signingSecret\": \"whsec_" + SIGNING_SECRET + "\"";
        String path = "/api/v1/destinations/canary";
        Http.Reply made = http.put(
                path, "{\"backends\": [{\"url\": \"http://127.0.0.1:1024/\"}], " + secrets + "}", "Authorization", key);
        assertThat(made.ok()).as(made.toString()).isTrue();
        assertThat(http.put(path, "{\"backends\": 7, " + secrets + ", \"nope\": 1}", "Authorization", key)
                        .status())
                .isEqualTo(400);
        accepted(
                QUEUE,
                "{\"type\": \"pushed\", \"destination\": \"canary\", \"maxAttempts\": 1, \"payload\": \"%s\"}"
                        .formatted(secret));
    }

    /** A worker elsewhere that reports, logs and fails. */
    private void pull() {
        accepted(QUEUE, "{\"type\": \"pull\", \"id\": \"pulled\", \"payload\": \"%s\"}".formatted(secret));
        JsonNode lease = accepted(
                        "/api/v1/queues/canary/leases",
                        "{\"types\": [\"pull\"], \"worker\": \"canary-worker\", \"wait\": \"PT10S\"}")
                .at("/leases/0");
        String token = "/api/v1/leases/" + lease.path("token").asText();
        accepted(token + "/progress", "{\"message\": \"%s\", \"log\": [\"%s\"]}".formatted(secret, secret));
        accepted(
                token + "/fail",
                "{\"type\": \"Rejected\", \"message\": \"%s\", \"retryable\": false}".formatted(secret));
        refused(token + "/complete", "{\"result\": \"%s\"}".formatted(secret), 409);
    }

    long count(String state) {
        return http.get("/api/v1/queues/canary", "Authorization", key)
                .json()
                .path("counts")
                .path(state)
                .asLong();
    }

    private JsonNode accepted(String path, String json) {
        Http.Reply reply = http.post(path, json, "Authorization", key);
        assertThat(reply.ok()).as(path + ": " + reply).isTrue();
        return reply.json();
    }

    private void refused(String path, String json, int status) {
        assertThat(http.post(path, json, "Authorization", key).status())
                .as(path)
                .isEqualTo(status);
    }
}
