package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of an import: reads exported tasks, submits those that are not there, counts. */
final class Import {
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

    private static final int SHOWN = 10;

    private final String keys;
    private final boolean ended;
    private final Sender sender;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private Chunk chunk = new Chunk();
    private String queue;
    private int chunks;
    private long created;
    private long known;
    private long skipped;
    private long rejected;

    /**
     * @param keys every chunk's key is this and the chunk's number
     * @param ended also tasks that had ended
     */
    Import(String keys, boolean ended, Sender sender) {
        this.keys = keys;
        this.ended = ended;
        this.sender = sender;
    }

    /** Submits a chunk and says what became of it. */
    @FunctionalInterface
    interface Sender {
        JsonNode send(String queue, byte[] ndjson, String idempotencyKey);
    }

    void run(LineReader lines, Push.Progress progress) throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
                add(line, lines, progress);
            }
        }
        flush(lines, progress);
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

    long rejected() {
        return rejected;
    }

    /** The first few, for people. */
    List<String> refusals() {
        return refusals;
    }

    private void add(byte[] line, LineReader lines, Push.Progress progress) {
        Map<String, byte[]> members;
        try {
            members = Raw.members(line);
        } catch (Refused e) {
            refuse(lines.number(), "it is not a JSON object");
            return;
        }
        String itsQueue = text(members.get("queue"));
        if (!members.containsKey("id") || !itsQueue.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            refuse(lines.number(), "it has no id or no queue, so it was not exported; for new tasks use millrace push");
            return;
        }
        TaskState state = TaskState.ofWire(text(members.get("state")));
        if (state != null && state.terminal() && !ended) {
            skipped++;
            return;
        }
        byte[] task = submission(members);
        if (!itsQueue.equals(queue) || !chunk.takes(task.length + 1)) {
            flush(lines, progress);
            queue = itsQueue;
        }
        chunk.add(task, lines.number());
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

    private void flush(LineReader lines, Push.Progress progress) {
        if (!chunk.isEmpty()) {
            JsonNode answer = sender.send(queue, chunk.body(), keys + "-" + chunks++);
            answer.path("results").forEach(this::count);
            chunk = new Chunk();
            ids.clear();
            progress.at(created + known, lines.bytes());
        }
    }

    private void count(JsonNode result) {
        int index = result.path("index").asInt();
        boolean sameId = result.path("id").asText().equals(ids.get(index));
        if (result.path("status").asInt() == 201) {
            created++;
        } else if (result.path("status").asInt() == 200
                || sameId && result.path("code").asText().equals("DUPLICATE_TASK")) {
            known++;
        } else {
            refuse(
                    chunk.line(index),
                    result.path("detail").asText() + " (" + result.path("code").asText() + ")");
        }
    }

    private void refuse(long line, String why) {
        rejected++;
        if (refusals.size() < SHOWN) {
            refusals.add("line " + line + ": " + why);
        }
    }

    /** Empty when it is no text. */
    private static String text(byte[] json) {
        return json == null ? "" : Json.parse(json, "It is not JSON.").asText("");
    }
}
