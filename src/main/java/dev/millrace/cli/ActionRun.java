package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** One action on all tasks that match, call by call; each call may be repeated without harm. */
final class ActionRun {
    private final ApiClient client;
    private final Resend resend;
    private final ObjectNode call;
    private long matched;
    private long done;
    private boolean over;

    ActionRun(ApiClient client, Resend resend, String action, Filter filter, boolean dryRun) {
        this.client = client;
        this.resend = resend;
        call = Json.MAPPER.createObjectNode().put("action", action).put("dryRun", dryRun);
        call.set("filter", filter.json());
    }

    /**
     * To the end.
     *
     * @param progress is told after each call how many matched so far
     */
    ActionRun run(CountProgress progress) {
        while (!over) {
            runOnce();
            progress.at(matched);
        }
        return this;
    }

    private void runOnce() {
        byte[] body = call.toString().getBytes(StandardCharsets.UTF_8);
        JsonNode answer =
                resend.send(() -> client.post("/api/v1/tasks/actions", body)).json();
        matched += answer.path("matched").asLong();
        done += answer.path("done").asLong();
        over = !answer.hasNonNull("next");
        call.set("next", answer.path("next"));
    }

    long matched() {
        return matched;
    }

    long done() {
        return done;
    }
}
