package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.NameRules;
import dev.millrace.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of an import: of exported tasks those that are not there are submitted. */
final class Import extends BulkRun {
    /** Of an exported task, what a submission is made of. The rest is what happened to it. */
    private static final List<String> SUBMITTED = List.of(
            "id",
            "type",
            "destination",
            "payload",
            "priority",
            "runAt",
            "expiresAt",
            "timeout",
            "maxAttempts",
            "backoff",
            "unique",
            "tags",
            "labels",
            "retention");

    private final boolean ended;
    /** Of the tasks that were not answered for yet. */
    private final List<String> ids = new ArrayList<>();

    private long created;
    private long known;
    private long skipped;

    /**
     * @param ended also tasks that had ended
     */
    Import(String keys, boolean ended, Sender sender) {
        super(keys, sender);
        this.ended = ended;
    }

    long created() {
        return created;
    }

    /** Were there already. */
    long known() {
        return known;
    }

    /** Had ended when they were exported. */
    long skipped() {
        return skipped;
    }

    @Override
    long accepted() {
        return created + known;
    }

    @Override
    void take(byte[] line, long number) {
        Map<String, byte[]> members;
        try {
            members = Raw.members(line);
        } catch (Refused e) {
            refuse(number, "it is not a JSON object");
            return;
        }
        String queue = text(members.get("queue"));
        if (!members.containsKey("id") || !NameRules.isQueue(queue)) {
            refuse(number, "it has no id or no queue, so it was not exported; for new tasks use millrace push");
            return;
        }
        TaskState state = TaskState.ofWire(text(members.get("state")));
        if (state != null && state.terminal() && !ended) {
            skipped++;
            return;
        }
        submit(queue, submission(members), number);
        ids.add(text(members.get("id")));
    }

    private static byte[] submission(Map<String, byte[]> members) {
        ByteArrayOutputStream task = new ByteArrayOutputStream();
        char separator = '{';
        for (String name : SUBMITTED) {
            byte[] value = members.get(name);
            if (value != null) {
                task.writeBytes((separator + "\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
                task.writeBytes(value);
                separator = ',';
            }
        }
        task.write('}');
        return task.toByteArray();
    }

    @Override
    void answered(List<JsonNode> results, Chunk sent) {
        results.forEach(result -> count(result, sent));
        ids.clear();
    }

    @Override
    String again() {
        return "The import can be repeated.";
    }

    private void count(JsonNode result, Chunk sent) {
        int index = result.path("index").asInt();
        boolean sameId = result.path("id").asText().equals(ids.get(index));
        if (result.path("status").asInt() == 201) {
            created++;
        } else if (result.path("status").asInt() == 200
                || sameId && result.path("code").asText().equals("DUPLICATE_TASK")) {
            known++;
        } else {
            refuse(sent, result);
        }
    }

    /** Empty when it is no text. */
    private static String text(byte[] json) {
        return json == null ? "" : Json.parse(json, "It is not JSON.").asText("");
    }
}
