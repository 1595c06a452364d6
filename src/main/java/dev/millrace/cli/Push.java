package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of a bulk push: reads lines, sends chunks, counts. */
final class Push {
    private static final int SHOWN = 10;

    private final String keys;
    private final TaskText text;
    private final Sender sender;
    private final List<String> refusals = new ArrayList<>();
    private Chunk chunk = new Chunk();
    private int chunks;
    private long accepted;
    private long rejected;

    /**
     * @param keys every chunk's key is this and the chunk's number
     */
    Push(String keys, TaskText text, Sender sender) {
        this.keys = keys;
        this.text = text;
        this.sender = sender;
    }

    /** Sends a chunk and says what became of it. */
    @FunctionalInterface
    interface Sender {
        JsonNode send(byte[] ndjson, String idempotencyKey);
    }

    /** Is told after each chunk. */
    @FunctionalInterface
    interface Progress {
        void at(long accepted, long bytesRead);
    }

    void run(LineReader lines, Progress progress) throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            add(line, lines, progress);
        }
        flush(lines, progress);
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    /** The first few, for people. */
    List<String> refusals() {
        return refusals;
    }

    private void add(byte[] line, LineReader lines, Progress progress) {
        if (blank(line)) {
            return;
        }
        ByteArrayOutputStream task = new ByteArrayOutputStream(line.length + 64);
        String wrong = text.write(line, task);
        if (wrong != null) {
            refuse(lines.number(), wrong);
            return;
        }
        if (!chunk.takes(task.size() + 1)) {
            flush(lines, progress);
        }
        chunk.add(task.toByteArray(), lines.number());
    }

    private void flush(LineReader lines, Progress progress) {
        if (chunk.isEmpty()) {
            return;
        }
        JsonNode answer = sender.send(chunk.body(), keys + "-" + chunks++);
        accepted += answer.path("accepted").asLong();
        for (JsonNode result : answer.path("results")) {
            if (result.path("status").asInt() >= 400) {
                refuse(
                        chunk.line(result.path("index").asInt()),
                        result.path("detail").asText() + " ("
                                + result.path("code").asText() + ")");
            }
        }
        chunk = new Chunk();
        progress.at(accepted, lines.bytes());
    }

    private void refuse(long line, String why) {
        rejected++;
        if (refusals.size() < SHOWN) {
            refusals.add("line " + line + ": " + why);
        }
    }

    private static boolean blank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
