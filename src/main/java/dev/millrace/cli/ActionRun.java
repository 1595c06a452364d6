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
        this(client, resend, action, new What(filter, null, dryRun));
    }

    /**
     * What it is done to, and how.
     *
     * @param patch of the payloads; null for none
     */
    record What(Filter filter, JsonNode patch, boolean dryRun) {}

    ActionRun(ApiClient client, Resend resend, String action, What what) {
        this.client = client;
        this.resend = resend;
        call = Json.MAPPER.createObjectNode().put("action", action).put("dryRun", what.dryRun());
        call.set("filter", what.filter().json());
        if (what.patch() != null) {
            call.set("patch", what.patch());
        }
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

    /** Says what was done. */
    void report(ServerOptions server, Terminal terminal) {
        String action = call.path("action").asText();
        if (server.asJson()) {
            terminal.out()
                    .println(Json.pretty(Json.MAPPER
                            .createObjectNode()
                            .put("action", action)
                            .put("dryRun", call.path("dryRun").asBoolean())
                            .put("matched", matched)
                            .put("done", done)));
        } else {
            terminal.out().printf("%s: %,d tasks match, %,d done%n", action, matched, done);
        }
    }

    long matched() {
        return matched;
    }

    long done() {
        return done;
    }
}
